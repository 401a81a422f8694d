using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Incidents;

internal static class IncidentRules
{
    public const int MostPatients = 20;

    /// <summary>Warning signs come before the incident, by so much at most.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(24);

    public static readonly Refusal Unknown = Refusal.NotFound("incident-unknown", "There is no such incident.", "incident");

    public static IEnumerable<string> NeedsUnit(string? unit) => Units.Unit.IsId(unit) ? [StreamId.For(StateKind<Unit>.Name, unit!)] : [];

    public static IEnumerable<string> NeedsUnit(Incident state) => NeedsUnit(state.Unit);

    public static IEnumerable<string> NeedsStay(Guid stay) =>
        [StreamId.For(StateKind<Stay>.Name, stay), StreamId.For(StateKind<Rounding>.Name, stay)];

    public static DateTimeOffset Time(Incident state, DateTimeOffset? at, DecisionContext now) =>
        now.States.Get<Unit>(state.Unit).Time().Local(at ?? now.Now);

    /// <summary>What is wrong with recording anything on this incident at that time, or null.</summary>
    public static Refusal? Wrong(Incident state, DateTimeOffset? at, string? remark, DecisionContext now) =>
        state switch
        {
            _ when !state.IsKnown() => Unknown,
            _ when !now.By.WorksOn(state.Unit) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when state.IsInError() => new Refusal(
                "incident-in-error",
                "This incident was opened in error. Nothing more can be recorded on it."
            ),
            _ when now.Impossible(at ?? now.Now, null, "at") is { } refusal => refusal,
            _ when at < state.OpenedAt() - Before => Refusal.Invalid(
                "time-before-incident",
                "That is long before the incident. Check the date.",
                "at"
            ),
            _ => Text.TooLong(Text.Line(remark), Text.RemarkLimit, "remark"),
        };

    public static Refusal? WrongTexts(string? place, string? remark) =>
        Text.TooLong(Text.Line(place), 40, "place") ?? Text.TooLong(Text.Line(remark), Text.RemarkLimit, "remark");

    public static Refusal? NotResolved(Incident state) =>
        state.ResolvedAt() is null ? new("incident-not-resolved", "The incident still goes on. Record first that it is resolved.") : null;

    public static Refusal? NotOn(Unit unit, Guid stay, DecisionContext now, string field) =>
        now.States.Get<Stay>(stay.ToString()) switch
        {
            var known when !known.IsKnown() => Refusal.NotFound("stay-unknown", "There is no such stay.", field),
            var known when known.OnUnit() != unit.Id => Refusal.Invalid("patient-not-on-unit", "That patient is not on this unit.", field),
            _ => null,
        };

    /// <summary>
    /// Whom a step is about: the one who is named, else the only one involved; nobody if nobody is. Of several, one must be named.
    /// </summary>
    public static (IReadOnlyList<Guid> Stays, Refusal? Refusal) Whose(Incident state, Guid? stay) =>
        (stay, state.Patients()) switch
        {
            ({ } named, var all) => all.Contains(named)
                ? ([named], null)
                : ([], Refusal.Invalid("patient-not-involved", "That patient is not in this incident. Add them first.", "stay")),
            (null, { Count: > 1 }) => ([], Refusal.Missing("stay", "Say which patient: the line stands on their page only.")),
            (null, var all) => (all, null),
        };
}
