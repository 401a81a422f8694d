using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

internal static class CheckRules
{
    /// <summary>
    /// Several checks of one patient that are entered within so long of each other, each for a time longer ago than this, are marked as
    /// entered together.
    /// </summary>
    public static readonly TimeSpan InOneMoment = TimeSpan.FromMinutes(1);

    public static string History(string key) => StreamId.For(StateKind<RoundingHistory>.Name, key);

    public static RoundingHistory HistoryOf(string key, DecisionContext now) => now.States.Get<RoundingHistory>(key);

    public static Guid? EnteredWith(Rounding state, DateTimeOffset at, DecisionContext now) =>
        now.Now - at > InOneMoment && state.LastEntered is { IsForEarlier: true } last && now.Now - last.RecordedAt <= InOneMoment
            ? last.First
            : null;

    /// <summary>What a gap comes to that is found afterwards.</summary>
    public static CheckMissed Missed(Gap gap, Rounding state, DecisionContext now)
    {
        var limit = TimeSpan.FromMinutes(gap.LimitMinutes);
        var at = gap.SeenAgain is null ? gap.Limit + (gap.Missed - 1) * limit : gap.Limit;

        // An order may have brought the limit nearer: nobody is said to be unseen for longer than they were.
        var minutes = Math.Clamp((int)(at - gap.From).TotalMinutes, 1, gap.LimitMinutes);
        return new(
            RoundingRules.Time(state, now).Local(at),
            gap.LastSeen,
            minutes,
            gap.Missed,
            SeenAgain: gap.SeenAgain,
            Raises: gap.SeenAgain is null && Raises(gap.Missed, state, now)
        );
    }

    /// <summary>
    /// Whether so many limits in a row are too many: at once where somebody must be with the patient all the time, else as the unit has it.
    /// </summary>
    public static bool Raises(int missed, Rounding state, DecisionContext now) =>
        state.Level.IsContinuous() || missed >= RoundingRules.Unit(state, now).WatchRules.MissesInARow;
}
