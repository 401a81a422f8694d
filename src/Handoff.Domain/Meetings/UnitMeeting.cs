using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Meetings;

/// <summary>A unit's team meeting of today as it stands: whether it is open, and its agenda.</summary>
/// <param name="Meeting">The meeting's key, as commands name it; that of one that began yesterday and is still open.</param>
/// <param name="Position">The log position up to which it speaks.</param>
/// <param name="Patients">Who is on the unit: unstable first, then watchers, then those of whom most is to be told.</param>
public sealed record UnitMeeting(
    string Unit,
    string Name,
    DateTimeOffset AsOf,
    string Meeting,
    long Position,
    DateTimeOffset? OpenedAt,
    Staff? OpenedBy,
    IReadOnlyList<string> Attending,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<Guid> NotReviewed,
    IReadOnlyList<MeetingPatient> Patients
)
{
    public bool IsOpen => OpenedAt is not null && ClosedAt is null;

    public MeetingPatient? Patient(Guid stay) => Patients.FirstOrDefault(p => p.Stay == stay);

    public int Reviewed => Patients.Count(p => p.IsReviewed);

    /// <summary>
    /// Who comes after a patient in an order of the agenda: the next who was not reviewed, from the top again after the last. Null if that
    /// is nobody.
    /// </summary>
    public static MeetingPatient? After(Guid stay, IReadOnlyList<MeetingPatient> order)
    {
        var place = order.TakeWhile(p => p.Stay != stay).Count();
        return order.Skip(place + 1).Concat(order.Take(place)).FirstOrDefault(p => !p.IsReviewed);
    }
}

/// <summary>
/// Raised: nobody has it in hand yet. Pending: the task has not followed yet, or never will because the patient has left.
/// </summary>
public enum DecisionStanding
{
    Pending,
    Raised,
    Taken,
    Overdue,
    Done,
    TakenBack,
}
