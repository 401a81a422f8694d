using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Timeline;

/// <summary>Checks one after another in which nothing was unusual, newest first.</summary>
public sealed record CheckRun(IReadOnlyList<Entry> Checks) : Line
{
    /// <summary>Fewer than this are told one by one.</summary>
    public const int Shortest = 3;

    /// <summary>The run's own id: that of its oldest check, which stays the same while the run grows.</summary>
    public Guid Id => Checks[^1].Id;

    public DateTimeOffset From => Checks[^1].At;

    public DateTimeOffset To => Checks[0].At;

    /// <summary>The longest time between two of them.</summary>
    public TimeSpan LongestGap => Checks.Zip(Checks.Skip(1), (later, earlier) => later.At - earlier.At).Max();

    /// <summary>Where and how, as far as it was the same all the time: <c>12 checks, all asleep, Room, longest gap 14 min</c>.</summary>
    public string Words =>
        string.Join(
            ", ",
            new[]
            {
                $"{Checks.Count} checks",
                Same(c => c.IsAsleep) switch
                {
                    true => "all asleep",
                    false => "all awake",
                    null => "nothing unusual",
                },
                Place,
                $"longest gap {UnitTime.Span(LongestGap)}",
            }.OfType<string>()
        );

    private string? Place => Checks.Select(c => ((SafetyChecked)c.Event).Place).Distinct().Take(2).ToList() is [var one] ? one : null;

    private bool? Same(Func<SafetyChecked, bool> of) =>
        Checks.Select(c => of((SafetyChecked)c.Event)).Distinct().ToList() is [var one] ? one : null;
}
