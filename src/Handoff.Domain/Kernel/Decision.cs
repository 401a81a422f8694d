using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Handoff.Domain.Kernel;

/// <summary>What a command comes to: events, nothing (already so), or a refusal.</summary>
[CollectionBuilder(typeof(Decision), nameof(FromEvents))]
public sealed class Decision : IEnumerable<Event>
{
    private Decision(Event[] events, Refusal? refusal) => (Events, Refusal) = (events, refusal);

    public IReadOnlyList<Event> Events { get; }

    public Refusal? Refusal { get; }

    public static Decision FromEvents(ReadOnlySpan<Event> events) => new(events.ToArray(), null);

    public static Decision Refused(Refusal refusal) => new([], refusal);

    public static implicit operator Decision(Event happened) => new([happened], null);

    public static implicit operator Decision(Refusal refusal) => new([], refusal);

    public IEnumerator<Event> GetEnumerator() => Events.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A rule's no: which rule, in words that say what to do instead, and the field that it is about.</summary>
/// <param name="Code">Stable, kebab-case; machines rely on it.</param>
/// <param name="Says">A sentence for the person who asked.</param>
/// <param name="Field">The field to correct, camelCase, where there is one.</param>
public sealed record Refusal(string Code, string Says, string? Field = null, RefusalKind Kind = RefusalKind.Rule)
{
    public static Refusal Missing(string field, string says) =>
        new(JsonNamingPolicy.KebabCaseLower.ConvertName(field) + "-missing", says, field, RefusalKind.Invalid);

    public static Refusal Invalid(string code, string says, string field) => new(code, says, field, RefusalKind.Invalid);

    public static Refusal NotFound(string code, string says, string? field = null) => new(code, says, field, RefusalKind.NotFound);

    public static Refusal NotPermitted(string code, string says) => new(code, says, null, RefusalKind.Forbidden);
}

/// <summary>How a refusal is answered: 422 for a rule, 400 for malformed input, 403, 404, or 409 for a lost race.</summary>
public enum RefusalKind
{
    Rule,
    Invalid,
    Forbidden,
    NotFound,
    Conflict,
}
