using Handoff.Domain.Access;

namespace Handoff.Web.Units;

/// <summary>What each permission lets people do, in plain words.</summary>
public static class ScopeWords
{
    public static string Of(Permission permission) =>
        permission switch
        {
            Permission.ReadBoard => "See a unit's board with names",
            Permission.ReadWall => "See the board as it may hang in a hallway: initials and bed",
            Permission.ReadStay => "Open a patient's page",
            Permission.RecordCheck => "Record safety checks",
            Permission.RaiseLevel => "Raise an observation level in an emergency",
            Permission.OrderLevel => "Order any observation level, also a lower one",
            Permission.PauseObservation => "Pause checks while somebody else has the patient",
            Permission.Observe => "Record how a patient is: behaviour, meals, preferences",
            Permission.SetBaseline => "Say how a patient usually is: the baseline",
            Permission.KeepPrecautions => "Start, review and end precautions",
            Permission.ScheduleGroup => "Plan and cancel group sessions",
            Permission.RecordAttendance => "Record who took part in a group",
            Permission.PinEntries => "Pin entries on top of a patient's timeline",
            Permission.ReviewPatients => "Hold team meetings: review patients and record decisions",
            Permission.MovePatients => "Admit, move and discharge patients, and record leaves",
            Permission.SendFeed => "Send admissions from the hospital's feed",
            Permission.MendFeed => "Mend and replay messages that could not be applied",
            Permission.ConfigureUnit => "Set up units: beds, shifts, levels, places, pauses",
            Permission.ConfigureFacility => "Change the facility: feeds and their keys, evidence sources, and this page",
            Permission.MoveTrainingClock => "In training, move the clock",
            Permission.WatchService => "See how the service runs, and have done again what could not be done",
            Permission.AskAboutRounds => "Ask about checks that look unlike a round",
            Permission.Audit => "See boards as they stood, and who read what",
            _ => permission.Words(),
        };
}
