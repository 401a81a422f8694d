using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Api.Tests.Store;

/// <summary>A small ward of the domain's own slices.</summary>
public static class Ward
{
    public static async Task Fill(Node node)
    {
        await Send(node, new OpenFacility("North") { Key = "main" });
        await Send(node, new OpenUnit("2 West", "America/Chicago") { Key = "2-west" });
        await Send(node, new SetBeds(["1", "2", "3"]) { Key = "2-west" });
        for (var bed = 1; bed <= 3; bed++)
        {
            var key = Guid.NewGuid().ToString();
            await Send(node, new Admit($"m{bed}", "Chen", "Luis", "2-west", $"{bed}") { Key = key });
            await Send(node, new StartLeave(LeaveKind.Pass, null) { Key = key });
            await Send(node, new EndLeave { Key = key });
        }
    }

    private static async Task Send(Node node, ICommand command) =>
        (await node.Log.Send(StoreFixture.Facility, new(command, StoreFixture.Nurse, Guid.CreateVersion7()))).Refusal.ShouldBeNull();
}
