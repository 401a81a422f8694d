using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Simulator.Demo;

namespace Handoff.Api;

/// <summary>The demo facility's log is this service's, like everybody's.</summary>
internal sealed class DemoLog(Log log, DeadlineRunner duties) : IDemoLog
{
    public ValueTask<T> State<T>(string key, CancellationToken cancel)
        where T : State, new() => log.State<T>(DemoFacility.Id, key, cancel);

    public async Task<Refusal?> Record(ICommand command, Staff by, Guid request) =>
        (await log.Send(DemoFacility.Id, new(command, Actor.Clock with { Staff = by }, request, Source.Import))).Refusal;

    public Task DoNow(CancellationToken cancel) => duties.DoNow(DemoFacility.Id, cancel);
}
