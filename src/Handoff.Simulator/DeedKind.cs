using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

public enum DeedKind
{
    Admit,
    Transfer,
    LeaveOut,
    LeaveBack,
    Discharge,
    Raise,
    Check,
    Skip,
    Meal,
    Observe,
    Incident,
    Task,

    /// <summary>A group session is planned, cancelled, begun or ended.</summary>
    Session,
    Attendance,
    Concern,

    /// <summary>Somebody comes on or goes off, takes charge, or assigns a patient.</summary>
    Duty,

    /// <summary>What a giver does before giving: judging, settling open points, writing.</summary>
    Prepare,
    Submit,

    /// <summary>Reading back, asking and answering.</summary>
    Talk,
    Accept,
    Decline,

    /// <summary>Something that somebody does carelessly.</summary>
    Slip,

    /// <summary>A request that says something the service does not take.</summary>
    Mistyped,

    /// <summary>Told carelessly by the hospital's feed.</summary>
    Garbled,
}
