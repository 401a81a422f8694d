using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Handoffs;

/// <summary>
/// Gives a patient's handoff, reads it back and accepts it: finds what is open and how far was seen, so that neither is the caller's to
/// claim.
/// </summary>
public sealed class HandoffActions(Log log, HandoffReader handoffs)
{
    /// <param name="seen">The position of the page or answer from which the giver speaks; null for now.</param>
    /// <returns>The answer of the log; null if the patient is on no unit.</returns>
    public async Task<CommandResult?> Give(
        Caller caller,
        Guid stay,
        long? seen,
        HandoffWindow window,
        Guid request,
        CancellationToken cancel
    ) =>
        await handoffs.ForStay(caller.Facility, stay, window, cancel) is not { } handoff
            ? null
            : await log.Send(
                caller.Facility,
                new(
                    new SubmitHandoff(
                        Math.Clamp(seen ?? handoff.Watermark, 0, handoff.Watermark),
                        [.. handoff.Loops.Select(l => l.Carried())],
                        handoff.Since
                    )
                    {
                        Key = stay.ToString(),
                    },
                    caller.Actor,
                    request,
                    caller.Source,
                    caller.Origin.Device,
                    caller.Correlation
                )
            );

    /// <summary>What a read-back is of: the handoff, and what has become urgent since.</summary>
    public async Task<GiveReadBack> ReadBack(Caller caller, Guid stay, string? words, CancellationToken cancel) =>
        new(words, await handoffs.Urgent(caller.Facility, stay, cancel)) { Key = stay.ToString() };

    /// <summary>The acceptance of a patient, with what is urgent now.</summary>
    public async Task<AcceptHandoff> Acceptance(Caller caller, Guid stay, string? shift, CancellationToken cancel) =>
        new(shift, await handoffs.Urgent(caller.Facility, stay, cancel)) { Key = stay.ToString() };
}
