using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Status;

/// <summary>
/// Take back what was entered in error. The entry stays, struck through, with the reason; what stood before it stands again.
/// </summary>
public sealed record TakeBackEntry(Guid? Entry, string? Reason) : Command<PatientStatus>
{
    public override Permission Permission => Permission.Observe;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        state switch
        {
            _ when StatusRules.Unknown(state) is { } refusal => refusal,
            _ when Entry is null => Refusal.Missing("entry", "Say which entry."),
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ when state.TakenBack.Contains(Entry.Value) => [],
            _ when It(state) is not { } it => new Refusal(
                "entry-not-recent",
                "Only a patient's latest entries can be taken back.",
                "entry"
            ),
            _ when !now.May(It(state)!.May) => Refusal.NotPermitted("entry-not-yours", "Only who may make such an entry may take it back."),
            _ => new StatusEntryTakenBack(StatusRules.Time(state, now).Local(now.Now), Entry.Value, It(state)!.What, Text.Line(Reason)!),
        };

    private WrittenEntry? It(PatientStatus state) => state.Entries().FirstOrDefault(one => one.Entry.Id == Entry);
}
