using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>A shift with its people.</summary>
/// <param name="Key">As commands name it.</param>
public sealed record ShiftLine(
    string Key,
    string Name,
    DateTimeOffset Starts,
    DateTimeOffset Ends,
    bool IsOn,
    IReadOnlyList<PersonOn> People
)
{
    /// <summary>Null until it has begun.</summary>
    public Huddle? Huddle { get; init; }

    public static ShiftLine ForShift(string unit, DatedShift dated, Shift shift, DateTimeOffset now) =>
        new(
            ShiftKey.ForShift(unit, dated),
            dated.Name,
            dated.Starts,
            dated.Ends,
            dated.Starts <= now && now < dated.Ends,
            [.. shift.People.Select(p => new PersonOn(p.Who, p.Since, p.Until, p.Reason, shift.IsLate(p)))]
        )
        {
            Huddle = shift.Huddle,
        };
}
