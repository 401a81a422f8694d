namespace Handoff.Domain.Access;

/// <summary>
/// Who somebody is on the ward. Display is a screen on a wall, Integration a machine, Feed a machine that sends admissions and does nothing
/// else.
/// </summary>
public enum Role
{
    Technician,
    Nurse,
    ChargeNurse,
    Prescriber,
    Clinician,
    Manager,
    Auditor,
    Display,
    Integration,
    Feed,
}

/// <summary>What somebody may do. Which role may do what is each facility's own scope of practice.</summary>
public enum Permission
{
    /// <summary>See the unit's board with names.</summary>
    ReadBoard,

    /// <summary>See the board as it may hang in a hallway: initials and bed.</summary>
    ReadWall,

    /// <summary>Open one patient's page.</summary>
    ReadStay,

    /// <summary>Record that a patient was seen.</summary>
    RecordCheck,

    /// <summary>Raise an observation level in an emergency.</summary>
    RaiseLevel,

    /// <summary>Order any observation level, also a lower one.</summary>
    OrderLevel,

    /// <summary>Pause and resume observation while a patient is away.</summary>
    PauseObservation,

    /// <summary>Record how a patient is: behaviour, meals, preferences.</summary>
    Observe,

    /// <summary>Say how a patient usually is: what every observation is measured against.</summary>
    SetBaseline,

    /// <summary>Start, review and end precautions.</summary>
    KeepPrecautions,

    /// <summary>Open a crisis incident and record what is done in it.</summary>
    RecordIncident,

    /// <summary>Say that an incident is over.</summary>
    ResolveIncident,

    /// <summary>Review the observation level after an incident.</summary>
    ReviewLevel,

    /// <summary>Plan and cancel group sessions.</summary>
    ScheduleGroup,

    /// <summary>Start and end group sessions and record who took part.</summary>
    RecordAttendance,

    /// <summary>Pin entries on top of a patient's timeline.</summary>
    PinEntries,

    /// <summary>Admit, move and discharge patients.</summary>
    MovePatients,

    /// <summary>Send admissions from a hospital feed.</summary>
    SendFeed,

    /// <summary>Read, correct and replay messages that could not be applied.</summary>
    MendFeed,

    /// <summary>Come on a shift, be responsible for patients, write their handoff, give it and accept it.</summary>
    HandOver,

    /// <summary>Say who has which patients, and act for somebody who left; who is in charge of a unit may do so there as well.</summary>
    AssignPatients,

    /// <summary>Be in charge of a unit.</summary>
    TakeCharge,

    /// <summary>Change a unit's beds, shifts, levels and places.</summary>
    ConfigureUnit,

    /// <summary>Change the facility and its scope of practice.</summary>
    ConfigureFacility,

    /// <summary>Raise, take, do, defer and pass on tasks.</summary>
    WorkTasks,

    /// <summary>Raise a concern about a patient, to be acknowledged by somebody who can act.</summary>
    RaiseConcern,

    /// <summary>Acknowledge a concern with a plan, and close it.</summary>
    AcknowledgeConcern,

    /// <summary>Write and amend notes about a patient.</summary>
    WriteNote,

    /// <summary>Hold a unit's team meeting: review patients and record what is decided.</summary>
    ReviewPatients,

    /// <summary>Ask about checks that look unlike a round, and say what became of it.</summary>
    AskAboutRounds,

    /// <summary>See who read what.</summary>
    Audit,

    /// <summary>See how the service runs, and have done again what could not be done.</summary>
    WatchService,

    /// <summary>Move the clock of a service that was started for training.</summary>
    MoveTrainingClock,
}
