using System.Text.Json;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Notices;

/// <summary>Wolverine brings notices here, and again after a while where they were not taken.</summary>
public static class NotifyHandler
{
    public static Task Handle(Notify owed, Wolverine.Envelope envelope, NoticeSender sender, CancellationToken cancel) =>
        OwedFailedException.Plainly(() => sender.Send(owed, envelope.Attempts, cancel));
}
