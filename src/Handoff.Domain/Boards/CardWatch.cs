using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Boards;

public sealed partial record BoardCard
{
    /// <summary>What is not in order about how the patient is watched; null if all of it is.</summary>
    public CardWatch? Watch { get; init; }
}

/// <summary>What is not in order about how a patient is watched.</summary>
/// <param name="Breathing">Breathing was not seen, and nobody has recorded that they have seen to it.</param>
/// <param name="UnseenInBathroom">Since when the patient has been unseen in a bathroom, if that is longer than the unit allows.</param>
/// <param name="With">Who has the patient while checks are paused.</param>
public sealed record CardWatch(CardBreathing? Breathing, DateTimeOffset? UnseenInBathroom, string? With)
{
    private static readonly CardWatch Nothing = new(null, null, null);

    public static CardWatch? FromRounding(Rounding? rounding, UnitTime time)
    {
        if (rounding is null || !rounding.IsRunning())
        {
            return null;
        }

        var watch = new CardWatch(
            rounding.Alarm() is { } alarm ? new(alarm.Check, time.Local(alarm.At), alarm.Place, alarm.By) : null,
            Local(rounding.UnseenInBathroom()),
            rounding.Pause?.With
        );
        return watch == Nothing ? null : watch;

        DateTimeOffset? Local(DateTimeOffset? at) => at is { } moment ? time.Local(moment) : null;
    }
}

public sealed record CardBreathing(Guid Check, DateTimeOffset At, string Place, string By);
