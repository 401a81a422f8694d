namespace Handoff.Domain.Kernel;

/// <summary>
/// Which entries still say what is so. Whoever tells of a patient (handoff, meeting, what changed, lanes, timeline) asks here and nowhere
/// else, and it goes by
/// <see cref="Event.Amends"/> alone, so that an entry that was struck or corrected is told by none of them, whatever kind of event it is.
/// </summary>
public sealed class Standing
{
    private readonly Dictionary<Guid, EventEnvelope> known = [];
    private readonly Dictionary<Guid, Guid> targets = [];
    private readonly HashSet<Guid> struck = [],
        reworded = [];

    private Standing() { }

    /// <param name="facts">In any order; what amends an entry that is not among them is an entry of its own.</param>
    public static Standing FromEvents(IEnumerable<EventEnvelope> facts)
    {
        var (standing, first) = (new Standing(), new Dictionary<string, Guid>());
        var beside = new Dictionary<Guid, List<(Guid Id, bool Replaces)>>();
        foreach (var fact in facts.OrderBy(f => f.At))
        {
            if (
                fact.Event.Amends() is { } amends
                && (amends.Entry ?? first.GetValueOrDefault(fact.Stream)) is var target
                && standing.known.ContainsKey(target)
            )
            {
                standing.targets[fact.Id] = target;
                standing.Amend(fact.Id, standing.Root(target), amends, beside);
            }

            standing.known[fact.Id] = fact;
            first.TryAdd(fact.Stream, fact.Id);
        }

        return standing;
    }

    /// <summary>It was corrected, or made in error: it no longer stands.</summary>
    public bool IsStruck(Guid entry) => struck.Contains(entry);

    /// <summary>
    /// The entry with which began what an amendment is about: a correction of a correction is about the first of them. Null for an entry of
    /// its own.
    /// </summary>
    public Guid? Amended(Guid amendment) => targets.ContainsKey(amendment) ? Root(amendment) : null;

    /// <summary>
    /// Whether an entry is told as it was written: it stands, and nothing later says it in other words. That another one was made in error
    /// is told only to
    /// readers who may have been told the other one.
    /// </summary>
    /// <param name="isHere">Whether an entry lies in what the reader looks at, so that it is enough to leave it out.</param>
    public bool IsTold(EventEnvelope fact, Func<EventEnvelope, bool> isHere) =>
        !struck.Contains(fact.Id)
        && !reworded.Contains(fact.Id)
        && (fact.Event.Amends() is not { IsStruck: true, Replaces: false } || Amended(fact.Id) is not { } entry || !isHere(known[entry]));

    private void Amend(Guid id, Guid root, Amendment amends, Dictionary<Guid, List<(Guid Id, bool Replaces)>> beside)
    {
        var others = beside.TryGetValue(root, out var already) ? already : beside[root] = [];
        if (amends.IsStruck)
        {
            struck.Add(root);
            struck.UnionWith(others.Where(o => o.Replaces || !amends.Replaces).Select(o => o.Id));
        }
        else if (amends.Replaces)
        {
            reworded.Add(root);
            reworded.UnionWith(others.Where(o => o.Replaces).Select(o => o.Id));
        }

        others.Add((id, amends.Replaces));
    }

    private Guid Root(Guid id)
    {
        while (targets.TryGetValue(id, out var earlier))
        {
            id = earlier;
        }

        return id;
    }
}
