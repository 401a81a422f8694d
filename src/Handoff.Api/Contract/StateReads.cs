using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Feeds;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;

namespace Handoff.Api.Contract;

/// <summary>Who may read a kind of state as it is kept, and how the access log calls it.</summary>
internal sealed record StateRead(Permission May, Look Look)
{
    private static readonly Dictionary<Type, StateRead> Kinds = new()
    {
        [typeof(Stay)] = new(Permission.ReadStay, Look.Stay),
        [typeof(Departure)] = new(Permission.ReadStay, Look.Stay),
        [typeof(Rounding)] = new(Permission.ReadStay, Look.Stay),
        [typeof(PatientStatus)] = new(Permission.ReadStay, Look.Stay),
        [typeof(Care)] = new(Permission.ReadStay, Look.Handoff),
        [typeof(CareTask)] = new(Permission.ReadStay, Look.Tasks),
        [typeof(Escalation)] = new(Permission.ReadStay, Look.Concern),
        [typeof(Note)] = new(Permission.ReadStay, Look.Notes),
        [typeof(CaseReview)] = new(Permission.ReadStay, Look.Meeting),
        [typeof(Meeting)] = new(Permission.ReadStay, Look.Meeting),
        [typeof(Group)] = new(Permission.ReadStay, Look.Group),
        [typeof(Incident)] = new(Permission.ReadStay, Look.Incident),
        [typeof(Shift)] = new(Permission.ReadBoard, Look.Handoff),
        [typeof(Charge)] = new(Permission.ReadBoard, Look.Handoff),
        [typeof(Unit)] = new(Permission.ReadBoard, Look.Board),
        [typeof(Facility)] = new(Permission.ReadBoard, Look.Board),
        [typeof(EvidenceSource)] = new(Permission.ConfigureFacility, Look.Board),
        [typeof(Feed)] = new(Permission.ConfigureFacility, Look.Board),
        [typeof(FeedMessage)] = new(Permission.MendFeed, Look.FeedMessage),
    };

    /// <exception cref="KeyNotFoundException">Somebody can write it and nobody has said who may read it.</exception>
    public static StateRead Of(Type state) => Kinds[state];
}
