using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary>Somebody whom the play can act for.</summary>
public sealed record Player(string Account, Staff Who);

/// <summary>Who works a shift: one is in charge, the others have patients; who is alone does both.</summary>
public sealed record Duty(Player Lead, IReadOnlyList<Player> Floor)
{
    public IEnumerable<Player> All => Floor.Prepend(Lead).Distinct();

    public bool Has(string? person) => All.Any(player => player.Who.Id == person);
}

/// <summary>
/// People in crews that relieve one another, shift after shift. Now and then somebody stays for a second shift, and one of the next crew
/// has it free.
/// </summary>
public sealed class Crews
{
    private const int Most = 3;
    private const double Doubles = 0.12;

    private readonly Dice dice;
    private readonly IReadOnlyList<Duty> crews;
    private readonly long first,
        begins;

    private Crews(Dice dice, IReadOnlyList<Duty> crews, long first, long begins) =>
        (this.dice, this.crews, this.first, this.begins) = (dice, crews, first, begins);

    /// <summary>
    /// Deals people into up to three crews, role by role in the order in which they are given: one for each charge nurse, else for each
    /// nurse. Null if there are not two of them with somebody
    /// who can be in charge and somebody else.
    /// </summary>
    public static Crews? Deal(Dice dice, IEnumerable<Player> people)
    {
        var able = people.Where(p => Permission.HandOver.Usual.Contains(p.Who.Role)).ToList();
        var leads = able.Where(p => Permission.TakeCharge.Usual.Contains(p.Who.Role))
            .OrderByDescending(p => p.Who.Role == Role.ChargeNurse)
            .ToList();
        var number = Math.Min(
            Math.Min(Most, leads.Count(p => p.Who.Role == Role.ChargeNurse) is > 1 and var inCharge ? inCharge : leads.Count),
            able.Count / 2
        );
        var others = able.Except(leads.Take(number))
            .GroupBy(p => p.Who.Role)
            .SelectMany(role => role.Select((player, i) => (player, Crew: i % Math.Max(1, number))));
        return number < 2
            ? null
            : new(
                dice,
                [
                    .. leads
                        .Take(number)
                        .Select(
                            (lead, i) => new Duty(lead, [.. others.Where(o => o.Crew == i).Select(o => o.player).DefaultIfEmpty(lead)])
                        ),
                ],
                0,
                0
            );
    }

    public IEnumerable<Player> All => crews.SelectMany(crew => crew.All);

    /// <summary>The same crews, so dealt that whoever has the most of the patients now is on the shift of that number.</summary>
    public Crews Beginning(long nth, IEnumerable<string?> responsible)
    {
        var has = responsible.ToList();
        var now = crews.Index().MaxBy(crew => has.Count(person => crew.Item.Has(person))).Index;
        return new(dice, crews, nth - now, nth);
    }

    /// <summary>Who works the shift of a number.</summary>
    public Duty On(long nth) =>
        Doubled(nth) && !Doubled(nth - 1) && Stays(nth, Crew(nth).Floor[0]) is { } stays
            ? Crew(nth) with
            {
                Floor = [stays, .. Crew(nth).Floor.Skip(1)],
            }
            : Crew(nth);

    // The same role, for a technician doesn't do a nurse's shift.
    private Player? Stays(long nth, Player spared) =>
        Crew(nth - 1).Floor.FirstOrDefault(player => player.Who.Role == spared.Who.Role && !Crew(nth).Has(player.Who.Id));

    private bool Doubled(long nth) => nth > begins && dice.Happens(Doubles, "double shift", nth.ToString());

    private Duty Crew(long nth) => crews[(int)(((nth - first) % crews.Count + crews.Count) % crews.Count)];
}
