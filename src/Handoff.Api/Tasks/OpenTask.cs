using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;

namespace Handoff.Api.Tasks;

/// <summary>An open task.</summary>
/// <param name="Stay">The patient; null for a task of the unit.</param>
/// <param name="Deferrals">How often it was put off.</param>
public sealed record OpenTask(
    Guid Id,
    string Unit,
    Guid? Stay,
    string Text,
    TaskOwner Owner,
    DateTimeOffset Due,
    bool IsOverdue,
    DateTimeOffset? TakenAt,
    DateTimeOffset RaisedAt,
    string RaisedBy,
    int Deferrals,
    TaskOrigin? From
)
{
    public static OpenTask FromTask(CareTask task, DateTimeOffset now) =>
        new(
            task.Id,
            task.Unit!,
            task.Stay,
            task.Text,
            task.Owner,
            task.Due,
            task.IsOverdue(now),
            task.TakenAt,
            task.RaisedAt!.Value,
            task.RaisedBy,
            task.Deferrals.Count,
            task.From
        );
}
