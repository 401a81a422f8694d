using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>Take an entry off the top of a patient’s timeline.</summary>
public sealed record UnpinEntry(Guid? Entry) : Command<Stay>
{
    public override Permission Permission => Permission.PinEntries;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now) =>
        state switch
        {
            _ when !state.IsKnown() => StayRules.Unknown,
            _ when Entry is null => Refusal.Missing("entry", "Say which entry."),
            _ when state.Pinned.All(p => p.Entry != Entry) => [],
            _ => new EntryUnpinned(StayRules.Time(state, null, now), Entry.Value),
        };
}
