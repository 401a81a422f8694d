using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Feeds;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Meetings;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;

namespace Handoff.Api.Contract;

/// <summary>Who may read a kind of state as it is kept, and how the access log calls it.</summary>
internal sealed record StateRead(Permission May, AccessPurpose Look)
{
    private static readonly Dictionary<Type, StateRead> Kinds = new()
    {
        [typeof(Stay)] = new(Permission.ReadStay, AccessPurpose.Stay),
        [typeof(Departure)] = new(Permission.ReadStay, AccessPurpose.Stay),
        [typeof(Rounding)] = new(Permission.ReadStay, AccessPurpose.Stay),
        [typeof(PatientStatus)] = new(Permission.ReadStay, AccessPurpose.Stay),
        [typeof(Care)] = new(Permission.ReadStay, AccessPurpose.Handoff),
        [typeof(CareTask)] = new(Permission.ReadStay, AccessPurpose.Tasks),
        [typeof(Escalation)] = new(Permission.ReadStay, AccessPurpose.Concern),
        [typeof(Note)] = new(Permission.ReadStay, AccessPurpose.Notes),
        [typeof(CaseReview)] = new(Permission.ReadStay, AccessPurpose.Meeting),
        [typeof(Meeting)] = new(Permission.ReadStay, AccessPurpose.Meeting),
        [typeof(Group)] = new(Permission.ReadStay, AccessPurpose.Group),
        [typeof(Incident)] = new(Permission.ReadStay, AccessPurpose.Incident),
        [typeof(Shift)] = new(Permission.ReadBoard, AccessPurpose.Handoff),
        [typeof(Charge)] = new(Permission.ReadBoard, AccessPurpose.Handoff),
        [typeof(Unit)] = new(Permission.ReadBoard, AccessPurpose.Board),
        [typeof(Facility)] = new(Permission.ReadBoard, AccessPurpose.Board),
        [typeof(EvidenceSource)] = new(Permission.ConfigureFacility, AccessPurpose.Board),
        [typeof(Feed)] = new(Permission.ConfigureFacility, AccessPurpose.Board),
        [typeof(FeedMessage)] = new(Permission.MendFeed, AccessPurpose.FeedMessage),
    };

    /// <exception cref="KeyNotFoundException">Somebody can write it and nobody has said who may read it.</exception>
    public static StateRead ForState(Type state) => Kinds[state];
}
