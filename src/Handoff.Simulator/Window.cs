using Handoff.Domain.Boards;

namespace Handoff.Simulator;

/// <summary>
/// The time in which a card asks for a look, on the simulated clock: it opens when it really opened and is as long as the service made it.
/// </summary>
/// <param name="Id">The same for as long as the card asks for the same look.</param>
public sealed record Window(string Id, DateTimeOffset Asks, DateTimeOffset Limit, TimeSpan Length)
{
    /// <summary>Null for a patient whom nobody has to look at: away, or not yet watched.</summary>
    public static Window? ForCard(BoardCard card, Tempo tempo)
    {
        if (card is not { Away: null, IsGone: false, NextDue: { } asks, Limit: { } limit, LimitMinutes: { } minutes })
        {
            return null;
        }

        var length = TimeSpan.FromMinutes(minutes);
        var opened = limit - length;
        var simulated = tempo.Simulated(opened);
        return new($"{card.Stay:N} {limit.UtcTicks}", simulated + (asks - opened), simulated + length, length);
    }

    /// <summary>How many limits have passed in a row at a moment.</summary>
    public int Passed(DateTimeOffset at) => at < Limit ? 0 : 1 + (int)((at - Limit) / Length);
}
