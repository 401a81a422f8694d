using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

// Commands: the ways in, about and out. Each may arrive twice, late, or out of order, and then changes nothing that it should not.

/// <param name="Unit">The unit's id.</param>
/// <param name="BedMayBeTaken">A feed knows beds, and who is here, better than we do; a person is told.</param>
/// <param name="Identifiers">All of the patient's numbers, with their authorities, where a feed tells them.</param>
public sealed record Admit(
    string? Mrn,
    string? Family,
    string? Given,
    string? Unit,
    string? Bed,
    DateTimeOffset? At = null,
    string? Visit = null,
    string? Preferred = null,
    DateOnly? Born = null,
    string? Sex = null,
    string? Language = null,
    bool BedMayBeTaken = false,
    IReadOnlyList<PatientIdentifier>? Identifiers = null
) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    private string? Record => !BedMayBeTaken && Text.Line(Mrn) is { Length: > 0 } mrn ? Census.OfRecord(mrn) : null;

    public override IEnumerable<string> Needs(Stay state, Facts facts) =>
        [.. Place.Needs(Unit), .. StayRules.NeedsOther(Record, state, facts)];

    public override Decision Decide(Stay state, Situation now)
    {
        var at = At ?? now.Now;
        var (patient, wrong) = Patient.Of(now.Now, Mrn, Family, Given, Preferred, Born, Sex, Language);
        return (wrong ?? now.Impossible(at, null, "at") ?? Place.Wrong(Unit, Bed, BedMayBeTaken, state.Id, now)) switch
        {
            { } refusal => refusal,
            _ when !StayRules.IsId(Key) => Refusal.Invalid("stay-id-invalid", "A stay's id is a UUID in small letters.", "stay"),
            _ when state.IsKnown() && !state.IsCancelled => [],
            _ when state.IsCancelled && at <= state.AdmittedAt => [],
            _ when StayRules.Other(Record, state, now.Facts)?.Where() is { } there => new Refusal(
                "patient-here",
                $"Somebody with this record number is here already{StayRules.Where(there, now)}. Check the number, or move them.",
                "mrn"
            ),
            _ => new Admitted(
                Place.Time(Unit!, now).Local(at),
                patient!,
                Unit!,
                Text.Line(Bed),
                Text.Line(Visit),
                Identifiers is null ? null : PatientIdentifier.Kept(Identifiers),
                Place.IsUnknown(Unit!, Bed, now)
            ),
        };
    }
}

public sealed record CancelAdmission(DateTimeOffset? At = null, string? Reason = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => Place.Needs(state);

    public override Decision Decide(Stay state, Situation now) =>
        state switch
        {
            _ when !state.IsKnown() => StayRules.Unknown,
            { IsCancelled: true } => [],
            { DischargedAt: not null } => new Refusal("stay-over", "The patient was discharged. Cancel the discharge first."),
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            _ when StayRules.WrongText(Reason) is { } refusal => refusal,
            _ => new AdmissionCancelled(StayRules.Time(state, At, now), Text.Line(Reason)),
        };
}

/// <summary>Put the patient into another bed or on another unit, or say that they are back from a place that is not ours.</summary>
public sealed record Transfer(string? Unit, string? Bed, DateTimeOffset? At = null, bool BedMayBeTaken = false) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => [.. Place.Needs(state), .. Place.Needs(Unit)];

    public override Decision Decide(Stay state, Situation now) =>
        state switch
        {
            _ when StayRules.Over(state) is { } refusal => refusal,
            _ when Place.Wrong(Unit, Bed, BedMayBeTaken, state.Id, now) is { } refusal => refusal,
            _ when now.Impossible(At ?? now.Now, state.AdmittedAt, "at") is { } refusal => refusal,
            _ when !IsReturn(state, now) && IsThere(Was(state), now) => [],
            _ when At is { } at && IsHeard(new(at, Unit!, Text.Line(Bed)), state) => [],
            _ => new Transferred(
                StayRules.Time(state, At, now),
                Was(state)!.Unit,
                Was(state)!.Bed,
                Unit!,
                Text.Line(Bed),
                Place.IsUnknown(Unit!, Bed, now),
                IsReturn(state, now) ? state.Outside!.Place : null
            ),
        };

    // Who is put into the bed about which somebody is asked is there, and that is the answer, once the unit has such a bed.
    private bool IsThere(Placement? was, Situation now) =>
        was is not null && was.Unit == Unit && was.Bed == Text.Line(Bed) && (!was.IsBedAsked || Place.IsUnknown(Unit!, Bed, now));

    private bool IsReturn(Stay state, Situation now) => state.Outside?.Since <= (At ?? now.Now);

    // A move that is repeated was made before, even if it was cancelled since or another of the same minute followed it.
    private static bool IsHeard(Placement move, Stay state) =>
        state.Placements.Any(p => p with { IsBedAsked = false } == move)
        || state.MovesCancelled.Any(c => c.Move with { IsBedAsked = false } == move);

    private Placement? Was(Stay state) =>
        At is null ? state.Where() : state.Placements.LastOrDefault(p => p.Since <= At) ?? state.Placements[0];
}

/// <summary>The patient was moved to a place that this service does not run: they leave the board, and their nurse gives the report to whoever has them now.</summary>
/// <param name="Place">As the hospital calls it.</param>
public sealed record MoveOutside(string? Place, DateTimeOffset? At = null) : Command<Stay>
{
    private const int LongestPlace = 80;

    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => Stays.Place.Needs(state);

    public override Decision Decide(Stay state, Situation now) =>
        Text.Line(Place) switch
        {
            _ when StayRules.Over(state) is { } refusal => refusal,
            null => Refusal.Missing("place", "Say where the patient was moved to."),
            { Length: > LongestPlace } place => Text.TooLong(place, LongestPlace, "place")!,
            _ when now.Impossible(At ?? now.Now, state.AdmittedAt, "at") is { } refusal => refusal,
            _ when state.Outside is not null || At < state.Where()!.Since || At <= state.BackAt => [],
            var place => new MovedOutside(StayRules.Time(state, At, now), state.Where()!.Unit, state.Where()!.Bed, place),
        };
}

/// <param name="Unit">Where a feed says that the patient is again; then only the move away from there is cancelled, which may still be to come.</param>
public sealed record CancelTransfer(DateTimeOffset? At = null, string? Unit = null, string? Bed = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => Place.Needs(state);

    public override Decision Decide(Stay state, Situation now) =>
        state switch
        {
            _ when StayRules.Over(state) is { } refusal => refusal,
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            { Outside: { } outside } when outside.Since <= (At ?? now.Now) && IsBack(state.Where()!) => new TransferCancelled(
                StayRules.Time(state, At, now),
                state.Where()!.Unit,
                state.Where()!.Bed
            ),
            _ when At is not null && At == state.BackAt => [],
            _ when state.MovesCancelled.Any(c => c.At == At) => [],
            _ when Undone(state, now) is { } undone && IsBack(Left(undone, state)) => Cancelled(undone, state, now),
            _ when IsBack(state.Where()!) && state.MovesCancelled.Any(c => c.Move.Since <= At) => [],
            _ when At is not null => new Refusal(
                "transfer-unknown",
                "There is no move up to that time that could be cancelled. It may still be to come.",
                "at"
            ),
            _ => [],
        };

    private Placement? Undone(Stay state, Situation now) =>
        At is null && state.Placements.Count > 1 ? state.Placements[^1] : state.LastMove(At ?? now.Now);

    private bool IsBack(Placement place) => Unit is null || (place.Unit == Unit && (Text.Line(Bed) is not { } bed || place.Bed == bed));

    private static Placement Left(Placement undone, Stay state) => state.Placements.Last(p => p != undone);

    private TransferCancelled Cancelled(Placement undone, Stay state, Situation now)
    {
        var left = Left(undone, state);
        var at = At ?? (undone.Since > now.Now ? undone.Since : now.Now);
        return new(StayRules.Time(state, at, now), left.Unit, left.Bed);
    }
}

/// <summary>The patient leaves for a while: a pass, court, a hospital, or just off the unit. Observation pauses, honestly, until they are back.</summary>
public sealed record StartLeave(LeaveKind? Kind, DateTimeOffset? ExpectedReturn, string? Reason = null, DateTimeOffset? At = null)
    : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => Place.Needs(state);

    public override Decision Decide(Stay state, Situation now)
    {
        var at = At ?? now.Now;
        return state switch
        {
            _ when StayRules.NotHere(state) is { } refusal => refusal,
            _ when Kind is null => Refusal.Missing("kind", "Say where the patient goes: a pass, court, hospital or off the unit."),
            _ when now.Impossible(at, state.AdmittedAt, "at") is { } refusal => refusal,
            _ when ExpectedReturn < at => Refusal.Invalid(
                "return-before-leave",
                "The return is before the leave. Check both times.",
                "expectedReturn"
            ),
            _ when StayRules.WrongText(Reason) is { } refusal => refusal,
            _ when At < state.LeaveEndedAt && At < state.ReturnHeardFirst && !(At < LastBack(state)) =>
            [
                Started(state, now),
                new LeaveEnded(state.ReturnHeardFirst!.Value),
            ],
            _ when At < state.LeaveEndedAt => [],
            _ when At < state.Leave?.ToldAt => [],
            { Leave: { } leave } when leave.Kind == Kind && (leave.ExpectedReturn == ExpectedReturn || ExpectedReturn is null) => [],
            _ => Started(state, now),
        };
    }

    private static DateTimeOffset? LastBack(Stay state) => state.PastLeaves.Count > 0 ? state.PastLeaves[^1].To : null;

    private LeaveStarted Started(Stay state, Situation now) =>
        new(
            StayRules.Time(state, At, now),
            Kind!.Value,
            ExpectedReturn is { } back ? Place.Time(state, now).Local(back) : null,
            Text.Line(Reason)
        );
}

/// <summary>The patient is back. A feed may say so before it says that they left: that is kept, so that the leave, when it is heard of, is over.</summary>
/// <param name="IsCancelled">There was no leave after all.</param>
public sealed record EndLeave(DateTimeOffset? At = null, bool IsCancelled = false) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => Place.Needs(state);

    public override Decision Decide(Stay state, Situation now) =>
        state switch
        {
            _ when StayRules.NotHere(state) is { } refusal => refusal,
            { Leave: null } when At is null || At <= state.LeaveEndedAt => [],
            _ when At < state.Leave?.Since => [],
            _ when now.Impossible(At ?? now.Now, state.AdmittedAt, "at") is { } refusal => refusal,
            _ => new LeaveEnded(StayRules.Time(state, At, now), IsCancelled),
        };
}

[Internal]
public sealed record FindReturnOverdue : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override Decision Decide(Stay state, Situation now) =>
        state.Leave switch
        {
            { ExpectedReturn: { } due, IsOverdue: false } when state.IsHere() && due <= now.Now => new ReturnOverdue(due, state.Leave.Kind),
            _ => [],
        };
}

public sealed record Discharge(DateTimeOffset? At = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => Place.Needs(state);

    public override Decision Decide(Stay state, Situation now) =>
        state switch
        {
            _ when !state.IsKnown() || state.IsCancelled => StayRules.Unknown,
            { DischargedAt: not null } => [],
            _ when At <= state.DischargeCancelledAt => [],
            _ when now.Impossible(At ?? now.Now, state.AdmittedAt, "at") is { } refusal => refusal,
            _ => new Discharged(StayRules.Time(state, At, now)),
        };
}

/// <summary>The patient was not discharged after all. A feed may say so before it says the discharge: that is kept, so that the discharge, when it is heard of, is void.</summary>
public sealed record CancelDischarge(DateTimeOffset? At = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) =>
        [.. Place.Needs(state), .. StayRules.NeedsOther(Record(state), state, facts)];

    public override Decision Decide(Stay state, Situation now) =>
        state switch
        {
            _ when !state.IsKnown() || state.IsCancelled => StayRules.Unknown,
            { DischargedAt: null } when At is null || At <= state.DischargeCancelledAt => [],
            _ when At < state.DischargedAt => [],
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            _ when StayRules.Other(Record(state), state, now.Facts)?.Where() is { } there => new Refusal(
                "patient-here",
                $"The patient was admitted again since{StayRules.Where(there, now)}. Cancel that admission first, or leave this stay ended."
            ),
            _ => new DischargeCancelled(StayRules.Time(state, At, now)),
        };

    // A feed says when, and knows better who is here; a person says it now, and is told.
    private string? Record(Stay state) => At is null && state.DischargedAt is not null ? Census.OfRecord(state.Patient.Mrn) : null;
}

/// <summary>Update who the patient is. Fields that are null stay as they are.</summary>
public sealed record CorrectDetails(
    string? Family = null,
    string? Given = null,
    string? Preferred = null,
    DateOnly? Born = null,
    string? Sex = null,
    string? Language = null,
    DateTimeOffset? At = null,
    IReadOnlyList<PatientIdentifier>? Identifiers = null
) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => Place.Needs(state);

    public override Decision Decide(Stay state, Situation now)
    {
        var was = state.Patient;
        var (patient, wrong) = Patient.Of(
            now.Now,
            was.Mrn,
            Family ?? was.Family,
            Given ?? was.Given,
            Preferred ?? was.Preferred,
            Born ?? was.Born,
            Sex ?? was.Sex,
            Language ?? was.Language
        );
        return state switch
        {
            _ when !state.IsKnown() || state.IsCancelled => StayRules.Unknown,
            _ when wrong is not null => wrong,
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            _ when (patient == was && More(state) is null) || At < state.DetailsAt => [],
            _ => new DetailsCorrected(StayRules.Time(state, At, now), patient!, More(state)),
        };
    }

    private List<PatientIdentifier>? More(Stay state) =>
        PatientIdentifier.Kept(Identifiers).Except(state.Identifiers).ToList() is { Count: > 0 } more
        && state.Identifiers.Count < PatientIdentifier.Most
            ? more
            : null;
}

/// <summary>The hospital found that two record numbers are one patient.</summary>
/// <param name="Identifiers">The numbers that stay, with their authorities, where a feed tells them.</param>
public sealed record Merge(string? Mrn, DateTimeOffset? At = null, IReadOnlyList<PatientIdentifier>? Identifiers = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => Place.Needs(state);

    public override Decision Decide(Stay state, Situation now) =>
        Text.Line(Mrn) switch
        {
            _ when !state.IsKnown() => StayRules.Unknown,
            null => Refusal.Missing("mrn", "Give the record number that stays."),
            { Length: > 50 } mrn => Text.TooLong(mrn, 50, "mrn")!,
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            var mrn when mrn == state.Patient.Mrn || At < state.MergedAt => [],
            var mrn => new Merged(
                StayRules.Time(state, At, now),
                state.Patient.Mrn,
                mrn,
                Identifiers is null ? null : PatientIdentifier.Kept(Identifiers)
            ),
        };
}

/// <summary>The hospital found that the visit is another patient's.</summary>
[Internal]
public sealed record MoveVisit(
    string? Mrn,
    string? Family,
    string? Given,
    string? Preferred,
    DateOnly? Born,
    string? Sex,
    string? Language,
    IReadOnlyList<PatientIdentifier> Identifiers,
    DateTimeOffset? At = null
) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => Place.Needs(state);

    public override Decision Decide(Stay state, Situation now)
    {
        var (patient, wrong) = Patient.Of(now.Now, Mrn, Family, Given, Preferred, Born, Sex, Language);
        return state switch
        {
            _ when !state.IsKnown() => StayRules.Unknown,
            _ when wrong is not null => wrong,
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            _ when state.Patient.Mrn == patient!.Mrn => [],
            _ => new VisitMoved(StayRules.Time(state, At, now), state.Patient.Mrn, patient, PatientIdentifier.Kept(Identifiers)),
        };
    }
}

/// <summary>The hospital gave the visit another number.</summary>
[Internal]
public sealed record RenumberVisit(string? Visit, DateTimeOffset? At = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Stay state, Facts facts) => Place.Needs(state);

    public override Decision Decide(Stay state, Situation now) =>
        Text.Line(Visit) switch
        {
            _ when !state.IsKnown() => StayRules.Unknown,
            null => Refusal.Missing("visit", "Give the visit's new number."),
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            var visit when visit == state.Visit => [],
            var visit => new VisitRenumbered(StayRules.Time(state, At, now), state.Visit, visit),
        };
}

internal static class StayRules
{
    public static readonly Refusal Unknown = Refusal.NotFound("stay-unknown", "There is no such stay.", "stay");

    /// <summary>One spelling only: another spelling of the same UUID would be another stream.</summary>
    public static bool IsId(string key) => Guid.TryParse(key, out var id) && id.ToString() == key;

    public static Refusal? NotHere(Stay state) =>
        Over(state)
        ?? (
            state.Outside is { } outside
                ? new("stay-outside", $"The patient was moved to {outside.Place}, outside. Say that they are back first.")
                : null
        );

    /// <summary>The refusal of a stay that is unknown or has ended; one of a patient who is at a place that is not ours goes on.</summary>
    public static Refusal? Over(Stay state) =>
        state switch
        {
            _ when !state.IsKnown() || state.IsCancelled => Unknown,
            { DischargedAt: not null } => new("stay-over", "The patient was discharged. Nothing more can be recorded of this kind."),
            _ => null,
        };

    /// <summary>Whoever else is here under a record number (a census's key; null if nobody is asked for).</summary>
    public static Stay? Other(string? record, Stay than, Facts facts) =>
        record is null ? null : facts.Of<Census>(record).Stays.FirstOrDefault(s => s.Id != than.Id);

    public static IEnumerable<string> NeedsOther(string? record, Stay than, Facts facts) =>
        record is null
            ? []
            : [StreamId.For(StateKind<Census>.Name, record), .. Other(record, than, facts) is { } other ? Place.Needs(other) : []];

    /// <summary>": 3 East, bed 2" for whoever works there, else nothing.</summary>
    public static string Where(Placement there, Situation now) =>
        now.By.WorksOn(there.Unit) ? $": {Placement.Words(now.Facts.Of<Unit>(there.Unit).Name ?? there.Unit, there.Bed)}" : "";

    public static Refusal? WrongText(string? reason) => Text.TooLong(Text.Line(reason), Text.RemarkLimit, "reason");

    public static DateTimeOffset Time(Stay state, DateTimeOffset? at, Situation now) => Place.Time(state, now).Local(at ?? now.Now);
}

internal static class Place
{
    public static IEnumerable<string> Needs(string? unit) =>
        Unit.IsId(unit) ? [StreamId.For(StateKind<Unit>.Name, unit!), StreamId.For(StateKind<Census>.Name, unit!)] : [];

    public static IEnumerable<string> Needs(Stay state) =>
        state.Where() is { } where ? [StreamId.For(StateKind<Unit>.Name, where.Unit)] : [];

    /// <summary>Whether a bed is named that the unit doesn't have. A unit that has named no beds has any.</summary>
    public static bool IsUnknown(string unit, string? bed, Situation now) =>
        Text.Line(bed) is { } name && now.Facts.Of<Unit>(unit).Beds is { Count: > 0 } beds && !beds.Contains(name);

    public static UnitTime Time(string unit, Situation now) => now.Facts.Of<Unit>(unit).Time();

    public static UnitTime Time(Stay state, Situation now) => state.Where() is { } where ? Time(where.Unit, now) : UnitTime.Utc;

    public static Refusal? Wrong(string? unit, string? bed, bool mayBeTaken, Guid stay, Situation now)
    {
        if (string.IsNullOrEmpty(unit))
        {
            return Refusal.Missing("unit", "Say which unit.");
        }

        var name = Text.Line(bed);
        var known = now.Facts.Of<Unit>(unit);
        return known switch
        {
            _ when !known.IsOpen() => Refusal.NotFound("unit-unknown", "There is no such unit.", "unit"),
            _ when !now.By.WorksOn(unit) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when mayBeTaken => Text.TooLong(name, 20, "bed"),
            _ when name is not null && !known.Beds.Contains(name) => Refusal.Invalid("bed-unknown", "The unit has no such bed.", "bed"),
            _ when now.Facts.Of<Census>(unit).IsTaken(name, stay) => new Refusal(
                "bed-taken",
                "Somebody else is in that bed. Choose another, or move them first.",
                "bed"
            ),
            _ => null,
        };
    }
}
