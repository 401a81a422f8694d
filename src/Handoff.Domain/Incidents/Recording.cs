using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

// Commands: the steps while it lasts. Times default to now.

public sealed record RecordWarningSigns(
    IReadOnlyList<WarningSign>? Signs,
    Guid? Stay = null,
    string? Remark = null,
    DateTimeOffset? At = null
) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now) =>
        (state, IncidentRules.Whose(state, Stay)) switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Signs is null or [] && Text.Line(Remark) is null => Refusal.Missing(
                "signs",
                "Choose a sign, or describe what was seen."
            ),
            (_, (_, { } refusal)) => refusal,
            var (_, (stays, _)) => new WarningSignsSeen(
                IncidentRules.Time(state, At, now),
                stays,
                Text.Line(Remark),
                [.. (Signs ?? []).Distinct()]
            ),
        };
}

/// <summary>Record what is tried to calm the patient. How it went is said when it is over: <see cref="RateAttempt"/>; or at once, when it is entered later.</summary>
/// <param name="Minutes">How long it took, 0 to 600.</param>
public sealed record RecordAttempt(
    Technique? Technique,
    Guid? Stay = null,
    Effect? Effect = null,
    int? Minutes = null,
    bool? AvoidedRestriction = null,
    string? Remark = null,
    DateTimeOffset? At = null
) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now) =>
        (state, IncidentRules.Whose(state, Stay)) switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Technique is null => Refusal.Missing("technique", "Say what was tried."),
            _ when Technique == Incidents.Technique.Other && Text.Line(Remark) is null => Refusal.Missing(
                "remark",
                "Say what else was tried."
            ),
            _ when Attempts.WrongMinutes(Minutes) is { } refusal => refusal,
            (_, (_, { } refusal)) => refusal,
            var (_, (stays, _)) => new DeescalationAttempted(
                IncidentRules.Time(state, At, now),
                stays,
                Text.Line(Remark),
                Technique.Value,
                Minutes,
                Effect,
                AvoidedRestriction
            ),
        };
}

/// <summary>Say how an attempt went.</summary>
/// <param name="Minutes">How long it took, 0 to 600; if nothing is said, from its beginning until now.</param>
public sealed record RateAttempt(Guid? Step, Effect? Effect, int? Minutes = null, bool? AvoidedRestriction = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now) =>
        (state, Step is { } id ? state.Step(id) : null) switch
        {
            _ when IncidentRules.Wrong(state, null, null, now) is { } refusal => refusal,
            (_, not { Kind: StepKind.Deescalation }) => Attempts.StepUnknown,
            (_, { InError: not null }) => Attempts.StepInError,
            _ when Effect is null => Refusal.Missing("effect", "Say how it went."),
            _ when Attempts.WrongMinutes(Minutes) is { } refusal => refusal,
            (_, { Effect: { } known }) when known == Effect => [],
            (_, var step) => new DeescalationRated(
                IncidentRules.Time(state, null, now),
                step!.Stays,
                step.Id,
                step.Technique!.Value,
                Minutes ?? Attempts.Since(step, now),
                Effect.Value,
                AvoidedRestriction
            ),
        };
}

public sealed record CallCode(Code? Code, string? Remark = null, DateTimeOffset? At = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now) =>
        state switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Code is null => Refusal.Missing("code", "Say which code was called."),
            _ => new CodeCalled(IncidentRules.Time(state, At, now), state.Patients(), Text.Line(Remark), Code.Value),
        };
}

/// <summary>Record that somebody was told.</summary>
/// <param name="Stay">About whom; if nothing is said, about everybody involved.</param>
/// <param name="Name">Who it was, where that matters.</param>
public sealed record NotifyOfIncident(
    Party? Party,
    Channel? Channel = null,
    Guid? Stay = null,
    string? Name = null,
    string? Remark = null,
    DateTimeOffset? At = null
) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now) =>
        (state, About(state)) switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Party is null => Refusal.Missing("party", "Say who was told."),
            _ when Text.TooLong(Text.Line(Name), Text.NameLimit, "name") is { } refusal => refusal,
            (_, (_, { } refusal)) => refusal,
            var (_, (stays, _)) => new IncidentNotified(
                IncidentRules.Time(state, At, now),
                stays,
                Text.Line(Remark),
                Party.Value,
                Text.Line(Name),
                Channel ?? Incidents.Channel.InPerson
            ),
        };

    // A family is told about its own.
    private (IReadOnlyList<Guid> Stays, Refusal? Refusal) About(Incident state) =>
        Stay is null && Party is not (Incidents.Party.Family or Incidents.Party.Guardian)
            ? (state.Patients(), null)
            : IncidentRules.Whose(state, Stay);
}

/// <summary>Record an injury, or that none was found. Of staff and visitors it stands on no patient's page.</summary>
public sealed record RecordInjury(Injured? Injured, Harm? Harm, Guid? Stay = null, string? Remark = null, DateTimeOffset? At = null)
    : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now) =>
        (state, Injured == Incidents.Injured.Patient ? IncidentRules.Whose(state, Stay) : ([], null)) switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Injured is null => Refusal.Missing("injured", "Say who was looked at for injuries."),
            _ when Harm is null => Refusal.Missing("harm", "Say how bad it is; none is an answer too."),
            (_, (_, { } refusal)) => refusal,
            var (_, (stays, _)) => new InjuryRecorded(
                IncidentRules.Time(state, At, now),
                stays,
                Text.Line(Remark),
                Injured.Value,
                Harm.Value
            ),
        };
}

public sealed record MoveIncident(string? Place, DateTimeOffset? At = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now) =>
        state switch
        {
            _ when IncidentRules.Wrong(state, At, null, now) is { } refusal => refusal,
            _ when Text.Line(Place) is null => Refusal.Missing("place", "Say where it is now."),
            _ when IncidentRules.WrongTexts(Place, null) is { } refusal => refusal,
            _ when state.Place() == Text.Line(Place) => [],
            _ => new IncidentMoved(IncidentRules.Time(state, At, now), state.Patients(), null, Text.Line(Place)!),
        };
}

/// <summary>Anything else, on the incident's own page only.</summary>
public sealed record NoteIncident(string? Remark, DateTimeOffset? At = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now) =>
        state switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Text.Line(Remark) is null => Refusal.Missing("remark", "Say what happened."),
            _ => new IncidentNoted(IncidentRules.Time(state, At, now), [], Text.Line(Remark)),
        };
}

/// <summary>The crisis is over; what it leaves open begins now.</summary>
public sealed record ResolveIncident(string? Remark = null, DateTimeOffset? At = null) : Command<Incident>
{
    public override Permission Permission => Permission.ResolveIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now) =>
        state switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when state.ResolvedAt() is not null => [],
            _ when IncidentRules.Time(state, At, now) < state.OpenedAt() => Refusal.Invalid(
                "end-before-incident",
                "That is before the incident began.",
                "at"
            ),
            _ => new IncidentResolved(IncidentRules.Time(state, At, now), state.Patients(), Text.Line(Remark)),
        };
}

internal static class Attempts
{
    public static readonly Refusal StepUnknown = Refusal.NotFound("step-unknown", "This incident has no such step.", "step");

    public static readonly Refusal StepInError = new("step-in-error", "That step was entered in error. Record it anew.", "step");

    private const int MostMinutes = 600;

    public static Refusal? WrongMinutes(int? minutes) =>
        minutes is < 0 or > MostMinutes
            ? Refusal.Invalid("minutes-out-of-range", $"Give whole minutes from 0 to {MostMinutes}.", "minutes")
            : null;

    public static int Since(Step step, Situation now) => Math.Clamp((int)(now.Now - step.At).TotalMinutes, 0, MostMinutes);
}
