using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

/// <summary>Tell how far the sender's clock is off, if that has changed enough to matter.</summary>
[Internal]
public sealed record MeasureFeedClock(int SecondsAhead) : Command<Feed>
{
    private const int Enough = 60;

    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(Feed state, DecisionContext now) =>
        this switch
        {
            _ when !state.IsKnown || Math.Abs(SecondsAhead - state.SecondsAhead) < Enough => [],
            _ when Feed.ClockWords(SecondsAhead) is null && state.ClockOff() is null => [],
            _ => new FeedClockMeasured(now.Now, SecondsAhead),
        };
}
