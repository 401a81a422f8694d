using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;

namespace Handoff.Api.Escalations;

/// <summary>
/// A patient who goes to another unit takes their open tasks and concerns along. Each node that follows the log sends it, and once is
/// enough;
/// lists and boards find a patient's work by the patient, so nothing is out of sight if a node stops in between.
/// </summary>
public sealed class WorkFollowsPatient(Log log, WorkReader work)
{
    public async Task Follow(string facility, IReadOnlyList<StoredEvent> page, CancellationToken cancel)
    {
        foreach (var move in page.Select(logged => logged.Recorded).Where(fact => fact.Event is Transferred or TransferCancelled))
        {
            var open = await work.ForStay(facility, Guid.Parse(move.Key), cancel);
            await Task.WhenAll(
                open.Select(Moved)
                    .OfType<ICommand>()
                    .Select(command =>
                        log.Send(
                            facility,
                            new(
                                command,
                                Actor.Clock,
                                NamedId.From("WorkFollowsPatient", command.Stream, move.Id.ToString("N")),
                                Source.System,
                                Correlation: move.Envelope.Correlation,
                                Causation: move.Id
                            )
                        )
                    )
            );
        }
    }

    private static ICommand? Moved(State open) =>
        open switch
        {
            CareTask task => new MoveTask { Key = task.Id.ToString() },
            Escalation escalation => new MoveEscalation { Key = escalation.Id.ToString() },
            _ => null,
        };
}
