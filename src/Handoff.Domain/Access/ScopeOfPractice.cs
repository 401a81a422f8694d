using static Handoff.Domain.Access.Role;

namespace Handoff.Domain.Access;

/// <summary>
/// Which role may do what, until a facility says otherwise: anyone on the floor may raise an observation level in an emergency,
/// only a prescriber lowers one; a display sees no names.
/// </summary>
public static class ScopeOfPractice
{
    /// <summary>All that a feed's key is ever for: what its messages come to is decided by the rules of the feed.</summary>
    public static readonly IReadOnlyList<Permission> OfFeed = [Permission.SendFeed];

    private static readonly Role[] Floor = [Technician, Nurse, ChargeNurse, Prescriber, Clinician];

    public static readonly IReadOnlyDictionary<Permission, IReadOnlyList<Role>> Usual = new Dictionary<Permission, IReadOnlyList<Role>>
    {
        [Permission.ReadBoard] = [.. Floor, Manager, Auditor, Integration],
        [Permission.ReadWall] = [.. Floor, Manager, Auditor, Display, Integration],
        [Permission.ReadStay] = [.. Floor, Manager, Auditor, Integration],
        [Permission.RecordCheck] = [.. Floor, Integration],
        [Permission.RaiseLevel] = [.. Floor, Integration],
        [Permission.OrderLevel] = [Prescriber],
        [Permission.PauseObservation] = [Nurse, ChargeNurse, Prescriber],
        [Permission.Observe] = [.. Floor, Integration],
        [Permission.SetBaseline] = [Nurse, ChargeNurse, Prescriber, Clinician, Integration],
        [Permission.KeepPrecautions] = [Nurse, ChargeNurse, Prescriber, Integration],
        [Permission.RecordIncident] = [.. Floor, Integration],
        [Permission.ResolveIncident] = [Nurse, ChargeNurse, Prescriber, Integration],
        [Permission.ReviewLevel] = [Nurse, ChargeNurse, Prescriber, Integration],
        [Permission.ScheduleGroup] = [Nurse, ChargeNurse, Clinician, Manager, Integration],
        [Permission.RecordAttendance] = [.. Floor, Integration],
        [Permission.PinEntries] = [.. Floor, Integration],
        [Permission.MovePatients] = [Nurse, ChargeNurse, Manager, Integration],
        [Permission.SendFeed] = [Integration, Feed],
        [Permission.MendFeed] = [ChargeNurse, Manager, Integration],
        [Permission.HandOver] = [Technician, Nurse, ChargeNurse, Manager],
        [Permission.AssignPatients] = [ChargeNurse, Manager],
        [Permission.TakeCharge] = [Nurse, ChargeNurse, Manager],
        [Permission.ConfigureUnit] = [Manager],
        [Permission.ConfigureFacility] = [Manager],
        [Permission.WorkTasks] = [.. Floor, Integration],
        [Permission.RaiseConcern] = Floor,
        [Permission.AcknowledgeConcern] = [Nurse, ChargeNurse, Prescriber, Manager],
        [Permission.WriteNote] = Floor,
        [Permission.ReviewPatients] = [Nurse, ChargeNurse, Prescriber, Clinician, Manager],
        [Permission.AskAboutRounds] = [ChargeNurse, Manager],
        [Permission.Audit] = [ChargeNurse, Manager, Auditor],
        [Permission.WatchService] = [Manager],
        [Permission.MoveTrainingClock] = [Manager, Integration],
    };
}
