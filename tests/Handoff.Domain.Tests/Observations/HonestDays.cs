using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Tests.Observations;

/// <summary>
/// Days on a unit of 24 on Q15 on which everybody does their rounds: who has six patients goes to each when they are asked for, late when
/// they are held up; sees several at once in
/// the day room; loses the line now and then; writes one in a hundred down late. Seeded: the same days every time.
/// </summary>
internal sealed class HonestDays(int seed)
{
    private const int PerPerson = 6,
        People = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
    private static readonly string[] Places = ["Room", "Day room", "Hallway", "Dining room"];

    private readonly Random dice = new(seed);
    private readonly List<CheckTrace> checks = [];
    private readonly List<Doing> doings = [];

    public static (IReadOnlyList<CheckTrace> Checks, IReadOnlyList<Doing> Doings) Of(int seed, DateTimeOffset day)
    {
        var days = new HonestDays(seed);
        foreach (var shift in Enumerable.Range(0, 3))
        {
            for (var person = 0; person < People; person++)
            {
                days.Shift($"p{shift}-{person}", person, day.AddHours(8 * shift), isNight: shift == 2);
            }
        }

        return (days.checks, days.doings);
    }

    private void Shift(string person, int group, DateTimeOffset from, bool isNight)
    {
        var due = Enumerable
            .Range(0, PerPerson)
            .ToDictionary(i => Stay(group * PerPerson + i), _ => from.AddMinutes(14 * dice.NextDouble()));
        var where = due.Keys.ToDictionary(stay => stay, _ => Place(isNight));
        var (lost, back) = dice.NextDouble() < 0.05 ? (from.AddHours(2), from.AddHours(2.5)) : (from, from);
        for (var free = from; free < from.AddHours(8); )
        {
            var next = due.MinBy(d => d.Value);
            var at = (next.Value > free ? next.Value : free).AddSeconds(5 + 55 * dice.NextDouble());
            if (dice.NextDouble() < 0.03)
            {
                where[next.Key] = Place(isNight);
            }

            // In the day room who is nearly due is seen together with whom one came for.
            List<Guid> seen =
            [
                next.Key,
                .. due.Where(d =>
                        where[next.Key] == "Day room"
                        && d.Key != next.Key
                        && where[d.Key] == "Day room"
                        && d.Value - at < TimeSpan.FromMinutes(2)
                    )
                    .Select(d => d.Key),
            ];
            var last = at.AddSeconds(3.0 * (seen.Count - 1));
            foreach (var (index, stay) in seen.Index())
            {
                Record(person, stay, where[stay], at.AddSeconds(3.0 * index), last.AddSeconds(1 + 3 * dice.NextDouble()), lost, back);
                due[stay] =
                    at.AddSeconds(3.0 * index) + Limit * (DueWindow.Earliest + (DueWindow.Latest - DueWindow.Earliest) * dice.NextDouble());
            }

            free = last.AddSeconds(6 + 20 * dice.NextDouble());
        }
    }

    private void Record(
        string person,
        Guid stay,
        string place,
        DateTimeOffset at,
        DateTimeOffset entered,
        DateTimeOffset lost,
        DateTimeOffset back
    )
    {
        var isLater = entered >= lost && entered < back;
        var typed = !isLater && dice.NextDouble() < 0.01;
        var when =
            isLater ? back
            : typed ? at.AddMinutes(16 + 25 * dice.NextDouble())
            : entered;
        checks.Add(new(Guid.NewGuid(), stay, "West", place, at, when, person, isLater));
        doings.Add(new(person, when));
    }

    private string Place(bool isNight) => isNight && dice.NextDouble() < 0.95 ? "Room" : Places[dice.Next(Places.Length)];

    private static Guid Stay(int number) => NamedId.From("honest", number.ToString());
}
