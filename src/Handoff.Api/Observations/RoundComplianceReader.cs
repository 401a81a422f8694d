using Handoff.Api.Boards;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>How many looks of the last day were in time, of each patient who is on a unit now.</summary>
public sealed class RoundComplianceReader(BoardReader boards, StateReader reader, TimeProvider clock)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    /// <summary>In the order of the board; null if there is no such unit.</summary>
    public async Task<IReadOnlyList<RoundComplianceLine>?> Of(string facility, string unit, CancellationToken cancel)
    {
        if (await boards.Of(facility, unit, cancel) is not { } board)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var histories = await reader.Load(facility, [.. board.Cards.Select(card => History(card.Stay))], cancel);
        return
        [
            .. board.Cards.Select(card => new RoundComplianceLine(
                card.Stay,
                card.Name,
                card.Bed,
                RoundCompliance.Of((RoundingHistory)histories[History(card.Stay)].State, now - Back, now, now)
            )),
        ];
    }

    private static string History(Guid stay) => StreamId.For(StateKind<RoundingHistory>.Name, stay.ToString());
}
