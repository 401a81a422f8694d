using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;

namespace Handoff.Api.Meetings;

/// <summary>Records a review up to where somebody looked, and never further than the log goes.</summary>
public sealed class Reviewing(Log log, LogReader reader)
{
    public async Task<CommandResult> Reviewed(
        Caller caller,
        Guid stay,
        string? meeting,
        long upTo,
        Guid request,
        CancellationToken cancel
    ) =>
        await log.Send(
            caller.Facility,
            new(
                new ReviewPatient(meeting, Math.Min(upTo, await reader.Head(caller.Facility, cancel))) { Key = stay.ToString() },
                caller.Actor,
                request,
                caller.Source,
                caller.Origin.Device,
                caller.Correlation
            )
        );
}
