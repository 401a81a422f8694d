using Handoff.Api.Access;
using Handoff.Domain.Escalations;

namespace Handoff.Api.Escalations;

/// <summary>A concern that is not closed.</summary>
/// <param name="SecondsToAcknowledge">Null while nobody has acknowledged it.</param>
public sealed record OpenEscalation(
    Guid Id,
    Guid Stay,
    string Unit,
    Urgency Urgency,
    Sbar Sbar,
    DateTimeOffset RaisedAt,
    string RaisedBy,
    IReadOnlyList<Told> Told,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    string? Plan,
    double? SecondsToAcknowledge
)
{
    public static OpenEscalation FromEscalation(Escalation e) =>
        new(
            e.Id,
            e.Stay,
            e.Unit!,
            e.Urgency,
            e.Sbar,
            e.RaisedAt!.Value,
            e.RaisedBy,
            e.Told,
            e.AcknowledgedAt,
            e.AcknowledgedBy,
            e.Plan,
            e.SecondsToAcknowledge()
        );
}
