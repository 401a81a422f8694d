using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;

namespace Handoff.Honesty;

/// <summary>
/// The log as it was written down up to some position: stream, type, when it happened, when it was recorded, and by whom. Everything that
/// the
/// oracle claims is worked out from here, slowly and in plain steps; the product's states are not looked at.
/// </summary>
internal sealed partial class RawLog(IReadOnlyList<Fact> facts)
{
    private Dictionary<Guid, RawPatient>? patients;
    private HashSet<Guid>? struck,
        inError,
        reworded;
    private HashSet<string>? neverWere,
        lostWords;
    private Dictionary<Guid, EventEnvelope>? byId;

    public IReadOnlyList<Fact> Facts { get; } = facts;

    public IEnumerable<Guid> Stays =>
        Facts
            .Select(f => f.Recorded.Stream)
            .Where(s => s.StartsWith("stay-", StringComparison.Ordinal))
            .Distinct()
            .Select(s => Guid.Parse(s[5..]));

    /// <summary>Every entry that was made in error, or that was corrected and so no longer says what is so.</summary>
    public IReadOnlySet<Guid> Struck => struck ??= [.. RawStrikes.In(this)];

    /// <summary>Of those, the ones that were made in error: nothing of them is so.</summary>
    public IReadOnlySet<Guid> InError => inError ??= [.. RawStrikes.InError(this)];

    /// <summary>Entries whose words were put right, while what they tell of stands.</summary>
    public IReadOnlySet<Guid> Reworded =>
        reworded ??= [
            .. Facts.Select(f => f.Recorded.Event).OfType<IncidentStepCorrected>().Where(e => e.Remark is not null).Select(e => e.Step),
        ];

    /// <summary>Words that were marked when they were typed and stand only in entries that say nothing any more.</summary>
    public IReadOnlySet<string> LostWords => lostWords ??= Lost();

    public EventEnvelope? Fact(Guid id) => (byId ??= Facts.ToDictionary(f => f.Recorded.Id, f => f.Recorded)).GetValueOrDefault(id);

    /// <summary>A step of an incident that was opened in error: there was none.</summary>
    public bool IsVoid(Guid entry) =>
        Fact(entry) is { Event: IncidentStep } fact
        && (
            neverWere ??= [
                .. Facts.Select(f => f.Recorded).Where(r => r.Event is IncidentOpened && InError.Contains(r.Id)).Select(r => r.Stream),
            ]
        ).Contains(fact.Stream);

    /// <summary>What somebody could know before a position.</summary>
    public RawLog Before(long position) => new([.. Facts.TakeWhile(f => f.Position < position)]);

    /// <summary>What had been recorded by an instant.</summary>
    public RawLog By(DateTimeOffset instant) => new([.. Facts.TakeWhile(f => f.Recorded.At <= instant)]);

    public IEnumerable<EventEnvelope> On(string stream) => Facts.Select(f => f.Recorded).Where(r => r.Stream == stream);

    /// <summary>The streams of one kind, each with its events.</summary>
    public IEnumerable<IGrouping<string, EventEnvelope>> OfKind(string kind) =>
        Facts.Select(f => f.Recorded).Where(r => r.Stream.StartsWith(kind + "-", StringComparison.Ordinal)).GroupBy(r => r.Stream);

    public RawPatient Patient(Guid stay) => (patients ??= []).TryGetValue(stay, out var known) ? known : patients[stay] = new(this, stay);

    private HashSet<string> Lost()
    {
        HashSet<string> standing = [],
            gone = [];
        foreach (var fact in Facts.Select(f => f.Recorded))
        {
            (Struck.Contains(fact.Id) || Reworded.Contains(fact.Id) || IsVoid(fact.Id) ? gone : standing).UnionWith(
                Marked.GetValue(fact.Event, MarksIn)
            );
        }

        gone.ExceptWith(standing);
        return gone;
    }

    private static readonly ConditionalWeakTable<Event, string[]> Marked = [];

    private static string[] MarksIn(Event happened) => [.. Marks().Matches(EventTypeRegistry.Write(happened)).Select(m => m.Value)];

    /// <summary>The words by which a played history marks what was typed.</summary>
    [GeneratedRegex("zq[0-9]+x|#[1-9][0-9]{6}", RegexOptions.NonBacktracking)]
    private static partial Regex Marks();
}
