using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Incidents;

// Commands

/// <summary>Open an incident: one tap, the rest follows on its page.</summary>
/// <param name="Stays">The patients known to be involved; maybe nobody yet.</param>
/// <param name="Place">Where; if nothing is said, where the first patient was last seen.</param>
/// <param name="At">When it began; now if it isn't given.</param>
public sealed record OpenIncident(
    IncidentKind? Kind,
    string? Unit,
    IReadOnlyList<Guid>? Stays = null,
    string? Place = null,
    string? Remark = null,
    DateTimeOffset? At = null
) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) =>
        [.. IncidentRules.NeedsUnit(Unit), .. Involved().Take(IncidentRules.MostPatients).SelectMany(IncidentRules.NeedsStay)];

    public override Decision Decide(Incident state, Situation now)
    {
        var unit = now.Facts.Of<Unit>(Unit ?? "");
        var at = unit.Time().Local(At ?? now.Now);
        return state switch
        {
            _ when !Guid.TryParseExact(Key, "D", out var id) || id.ToString() != Key => Refusal.Invalid(
                "incident-id-invalid",
                "An incident's id is a UUID.",
                "incident"
            ),
            _ when state.IsKnown() => [],
            _ when Kind is null => Refusal.Missing("kind", "Say what kind of incident it is."),
            _ when !unit.IsOpen() => Refusal.NotFound("unit-unknown", "There is no such unit.", "unit"),
            _ when !now.By.WorksOn(unit.Id) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when Involved().Count > IncidentRules.MostPatients => Refusal.Invalid(
                "patients-too-many",
                $"At most {IncidentRules.MostPatients} patients are in one incident.",
                "stays"
            ),
            _ when Involved().Select(stay => IncidentRules.NotOn(unit, stay, now, "stays")).FirstOrDefault(wrong => wrong is not null)
                    is { } refusal => refusal,
            _ when IncidentRules.WrongTexts(Place, Remark) is { } refusal => refusal,
            _ when now.Impossible(at, null, "at") is { } refusal => refusal,
            _ => Opened(unit, at, now),
        };
    }

    private Decision Opened(Unit unit, DateTimeOffset at, Situation now)
    {
        var involved = Involved();
        var place = Text.Line(Place) ?? (involved.Count > 0 ? now.Facts.Of<Rounding>(involved[0].ToString()).Last()?.Place : null);
        return
        [
            new IncidentOpened(at, [], Text.Line(Remark), unit.Id, Kind!.Value, place, unit.Zone),
            .. involved.Select(stay => new IncidentPatientInvolved(at, [stay], null, Kind!.Value, place)),
        ];
    }

    private List<Guid> Involved() => [.. (Stays ?? []).Distinct()];
}

/// <summary>One more patient turns out to be involved.</summary>
public sealed record InvolvePatient(Guid? Stay, DateTimeOffset? At = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) =>
        [.. IncidentRules.NeedsUnit(state), .. Stay is { } stay ? IncidentRules.NeedsStay(stay) : []];

    public override Decision Decide(Incident state, Situation now) =>
        state switch
        {
            _ when IncidentRules.Wrong(state, At, null, now) is { } refusal => refusal,
            _ when Stay is null => Refusal.Missing("stay", "Say which patient."),
            _ when state.Patients().Contains(Stay.Value) => [],
            _ when state.Patients().Count >= IncidentRules.MostPatients => Refusal.Invalid(
                "patients-too-many",
                $"At most {IncidentRules.MostPatients} patients are in one incident.",
                "stay"
            ),
            _ when IncidentRules.NotOn(now.Facts.Of<Unit>(state.Unit), Stay.Value, now, "stay") is { } refusal => refusal,
            _ => new IncidentPatientInvolved(IncidentRules.Time(state, At, now), [Stay.Value], null, state.Kind, state.Place()),
        };
}

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

    public static DateTimeOffset Time(Incident state, DateTimeOffset? at, Situation now) =>
        now.Facts.Of<Unit>(state.Unit).Time().Local(at ?? now.Now);

    /// <summary>What is wrong with recording anything on this incident at that time, or null.</summary>
    public static Refusal? Wrong(Incident state, DateTimeOffset? at, string? remark, Situation now) =>
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

    public static Refusal? NotOn(Unit unit, Guid stay, Situation now, string field) =>
        now.Facts.Of<Stay>(stay.ToString()) switch
        {
            var known when !known.IsKnown() => Refusal.NotFound("stay-unknown", "There is no such stay.", field),
            var known when known.OnUnit() != unit.Id => Refusal.Invalid("patient-not-on-unit", "That patient is not on this unit.", field),
            _ => null,
        };

    /// <summary>Whom a step is about: the one who is named, else the only one involved; nobody if nobody is. Of several, one must be named.</summary>
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
