using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Write what is to be done if something happens on a later shift.</summary>
/// <param name="Incident">For an incident: which kind; any if it isn't given.</param>
/// <param name="Level">For a level change: the level that is ordered; any change if it isn't given.</param>
/// <param name="Domain">For a status: what is observed.</param>
/// <param name="Intensity">For a status: 1 mild, 2 moderate, 3 severe, or above.</param>
/// <param name="Time">For a time: when, after the end of this shift.</param>
/// <param name="Then">What is to be done, at most 140 characters.</param>
public sealed record WriteContingency(
    ConditionKind? Kind,
    string? Then,
    IncidentKind? Incident = null,
    ObservationLevel? Level = null,
    BehaviorDomain? Domain = null,
    int? Intensity = null,
    DateTimeOffset? Time = null
) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when Wrong(state, now) is { } refusal => refusal,
            _ when Text.Line(Then) is null => Refusal.Missing("then", "Write what is to be done then."),
            _ when Text.TooLong(Text.Line(Then), Contingency.ThenLimit, "then") is { } refusal => refusal,
            _ when Written(state, now) is var written
                    && state.Contingencies.Any(c =>
                        c.IsPending() && (c.Author.Id, c.If, c.Then) == (written.Author.Id, written.If, written.Then)
                    ) => [],
            _ when state.Contingencies.Count(c => c.IsPending()) >= ContingencyRules.Most => new Refusal(
                "contingencies-too-many",
                $"{ContingencyRules.Most} wait for this patient already, more than anybody keeps in mind. Withdraw one first."
            ),
            _ => Written(state, now),
        };

    private Refusal? Wrong(Care state, DecisionContext now) =>
        Kind switch
        {
            null => Refusal.Missing("kind", "Choose what it waits for."),
            ConditionKind.Status when Domain is null => Refusal.Missing(
                "domain",
                "Choose what is observed, such as mood, speech or sleep."
            ),
            ConditionKind.Status when Intensity is null => Refusal.Missing(
                "intensity",
                "Choose from which intensity on: mild, moderate or severe."
            ),
            ConditionKind.Status when Intensity is < 1 or > Behavior.Most => Refusal.Invalid(
                "intensity-out-of-range",
                "The intensity is 1 (mild) to 3 (severe), or above.",
                "intensity"
            ),
            ConditionKind.Time when Time is null => Refusal.Missing("time", "Say at what time."),
            ConditionKind.Time when Time <= now.Now => Refusal.Invalid(
                "time-in-past",
                "That time has passed. Choose one after this shift.",
                "time"
            ),
            ConditionKind.Time when ContingencyRules.Shift(state, now) is { } shift && Time < shift.Ends => Refusal.Invalid(
                "time-on-this-shift",
                $"That is still on this shift, which ends at {now.States.Get<Unit>(state.Unit!).Time().Clock(shift.Ends)}. Choose "
                    + "a later time.",
                "time"
            ),
            ConditionKind.Time when Time > now.Now + ContingencyRules.Furthest => Refusal.Invalid(
                "time-too-far",
                "That is more than two weeks ahead. Choose an earlier time.",
                "time"
            ),
            _ => null,
        };

    // What the condition has no use for is not kept.
    private ContingencyWritten Written(Care state, DecisionContext now)
    {
        var (at, shift) = (CareRules.Time(state, now), ContingencyRules.Shift(state, now));
        var condition = Kind!.Value switch
        {
            ConditionKind.Incident => new Condition(ConditionKind.Incident, Incident: Incident),
            ConditionKind.LevelChange => new(
                ConditionKind.LevelChange,
                Level: Level,
                LevelName: Level is { } level ? now.States.Get<Unit>(state.Unit!).Local(level).Name : null
            ),
            ConditionKind.Status => new(ConditionKind.Status, Domain: Domain, Intensity: Intensity),
            ConditionKind.Time => new(
                ConditionKind.Time,
                Time: now.States.Get<Unit>(state.Unit!).Time().Local(Time!.Value),
                ZoneName: now.States.Get<Unit>(state.Unit!).Time().NameIfTwice(Time.Value)
            ),
            var kind => new(kind),
        };
        return new(at, now.Request, now.By.Staff, shift?.Name ?? "this", shift?.Ends ?? at, condition, Text.Line(Then)!);
    }
}
