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

    public override IEnumerable<string> Needs(PatientStatus state, Facts facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, Situation now) =>
        state switch
        {
            _ when StatusRules.Unknown(state) is { } refusal => refusal,
            _ when Entry is null => Refusal.Missing("entry", "Say which entry."),
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ when state.TakenBack.Contains(Entry.Value) => [],
            _ when What(state) is not { } what => new Refusal(
                "entry-not-recent",
                "Only a patient's latest entries can be taken back.",
                "entry"
            ),
            _ when What(state) is { May: var may } && !now.May(may) => Refusal.NotPermitted(
                "entry-not-yours",
                "Only who may make such an entry may take it back."
            ),
            _ => new StatusEntryTakenBack(
                StatusRules.Time(state, now).Local(now.Now),
                Entry.Value,
                What(state)!.Value.Words,
                Text.Line(Reason)!
            ),
        };

    private (string Words, Permission May)? What(PatientStatus state) =>
        state switch
        {
            _ when state.Observations.Any(IsIt) => ("an observation", Permission.Observe),
            _ when state.Meals.Any(IsIt) => ("a meal", Permission.Observe),
            _ when state.Preferences.Any(IsIt) => ("a preference", Permission.Observe),
            _ when state.Baselines.Any(IsIt) => ("a baseline", Permission.SetBaseline),
            _ when state.Precautions.Any(IsIt) => ("a precaution", Permission.KeepPrecautions),
            _ when state.Precautions.Any(p => p.Ended?.Id == Entry) => ("the end of a precaution", Permission.KeepPrecautions),
            _ when state.Precautions.Any(p => p.Reviews.Any(r => r.Id == Entry)) => (
                "the review of a precaution",
                Permission.KeepPrecautions
            ),
            _ => null,
        };

    private bool IsIt(StatusEntry entry) => entry.Id == Entry;
}
