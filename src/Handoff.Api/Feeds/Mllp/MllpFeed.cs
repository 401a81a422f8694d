using Handoff.Api.Feeds.Adt;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Simulator.Demo;

namespace Handoff.Api.Feeds.Mllp;

/// <summary>Answers the messages that come over MLLP: a line between machines, where the port says who it is.</summary>
public sealed class MllpFeed(Admissions admissions, Log log, LogReader reader, MllpSettings settings)
{
    private static readonly Staff Feed = new("mllp", "Hospital feed (MLLP)", Role.Feed);

    /// <exception cref="LogUnavailableException">Nothing was acknowledged; the sender gets no answer and sends again.</exception>
    public async Task<byte[]> Answer(ReadOnlyMemory<byte> raw, CancellationToken cancel)
    {
        var id = settings.Facility ?? await OnlyFacility(cancel);
        var facility = await log.State<Facility>(id, Facility.OnlyKey, cancel);
        return await admissions.Receive(id, new(Feed, facility.PermissionsOf(Role.Feed)), raw, "MLLP", cancel);
    }

    private async Task<string> OnlyFacility(CancellationToken cancel) =>
        (await reader.Heads(cancel)).Keys.ToList() is [var only] ? only : DemoFacility.Id;
}
