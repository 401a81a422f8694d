using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary>Something that somebody on the ward does now.</summary>
/// <param name="When">When, on the simulated clock.</param>
/// <param name="Key">What the request is known by; sent again, it is recorded once.</param>
/// <param name="Device">From which device it comes.</param>
public abstract record Deed(DeedKind Kind, DateTimeOffset When, string Key, string Device)
{
    /// <summary>Whose account it is done with; null for the key, which is nobody's.</summary>
    public string? Account { get; init; }

    /// <summary>
    /// The answers that a careless deed may rightly get: <see cref="Outcome.Taken"/> and codes of refusals. Null for any other deed: what
    /// refuses it is a rule, and is counted as that.
    /// </summary>
    public IReadOnlySet<string>? Rightly { get; init; }
}

/// <summary>Written down by somebody on the floor.</summary>
/// <param name="LimitsPassed">How many limits have passed by the simulated clock before it was written.</param>
/// <param name="IsLateEntry">It was seen a good while before it is written.</param>
public sealed record Charted(
    DeedKind Kind,
    DateTimeOffset When,
    string Key,
    string Device,
    ICommand Command,
    int LimitsPassed = 0,
    bool IsLateEntry = false
) : Deed(Kind, When, Key, Device);

/// <summary>Told by the hospital's feed.</summary>
public sealed record Announced(DeedKind Kind, DateTimeOffset When, string Key, string Device, Movement Movement)
    : Deed(Kind, When, Key, Device);

/// <summary>A patient's handoff is given, by somebody who has seen it up to a position.</summary>
public sealed record Given(DateTimeOffset When, string Key, string Device, Guid Stay, long Watermark)
    : Deed(DeedKind.Submit, When, Key, Device);

/// <summary>A request as somebody mistyped it.</summary>
/// <param name="Path">Below <c>/api/</c>.</param>
/// <param name="Body">Meant to be JSON.</param>
public sealed record Mistyped(DateTimeOffset When, string Key, string Device, string Path, string Body)
    : Deed(DeedKind.Mistyped, When, Key, Device);

/// <summary>What a careless feed sends: a message, several in a batch, or no message at all.</summary>
public sealed record Garbled(DateTimeOffset When, string Key, string Device, string Text) : Deed(DeedKind.Garbled, When, Key, Device);
