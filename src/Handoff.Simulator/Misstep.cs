using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary>What every slip of a play needs.</summary>
internal sealed record Stage(Dice Dice, Ward Ward, Tempo Tempo, string Run, Crews? Crews, Func<Deed, Task<Outcome?>> Act);

/// <summary>One slip as it goes on, about one patient and perhaps others: the next step knows what the last one recorded.</summary>
/// <param name="about">Which slip it is; what is chosen in it follows from that.</param>
/// <param name="cards">Who is on the unit, in the order in which the slip picks them.</param>
internal sealed class Misstep(Stage stage, string about, long slot, DateTimeOffset begins, IReadOnlyList<BoardCard> cards)
{
    /// <summary>While a slip goes on, the patient may be discharged or moved away, and their admission may be cancelled.</summary>
    private static readonly string[] Always = ["stay-over", "stay-outside", "stay-unknown"];

    private DateTimeOffset at = begins;
    private int step;

    /// <summary>Who can be picked: those who are not away come first.</summary>
    public IReadOnlyList<BoardCard> Cards { get; } = [.. cards.OrderBy(card => card.Away is not null)];

    public BoardCard Card => Cards[0];

    public string Key => Card.Stay.ToString();

    public Ward Ward => stage.Ward;

    /// <summary>Now, by the service's clock.</summary>
    public DateTimeOffset Now => stage.Tempo.Wall(at);

    /// <summary>A new id that belongs to this slip.</summary>
    public Guid Id(string what) => NamedId.From("slip", stage.Run, about, what);

    /// <summary>Somebody who comes with a message of a careless feed.</summary>
    public Movement Newcomer(int nth = 0) =>
        new Newcomers(stage.Dice, $"{stage.Run} {about}").Arrives(slot * 8 + nth) with
        {
            Unit = Ward.Unit,
            At = Now,
        };

    /// <summary>Words with a number in them by which they are found wherever they are told.</summary>
    public string Marked(string words) =>
        $"{words} #{1_000_000 + (int)(stage.Dice.Roll("mark", stage.Run, about, words, $"{step}") * 9_000_000)}";

    public T OneOf<T>(IReadOnlyList<T> choices, string what) => stage.Dice.OneOf(choices, what, about);

    /// <summary>A moment some minutes ago, by the service's clock.</summary>
    public DateTimeOffset Ago(double least, double most, string what = "ago") => stage.Tempo.Wall(at - Minutes(least, most, what));

    /// <summary>A moment after a while, by the service's clock.</summary>
    public DateTimeOffset In(double least, double most, string what = "in") => stage.Tempo.Wall(at + Minutes(least, most, what));

    /// <summary>The next step comes some minutes later.</summary>
    public void Later(double least, double most) => at += Minutes(least, most, $"later {step}");

    /// <summary>Somebody enters something.</summary>
    /// <param name="rightly">What may be answered; that it is taken, if nothing is said.</param>
    /// <returns>The first of what was recorded; null if nothing was.</returns>
    public async Task<Guid?> Enter(ICommand command, params string[] rightly) => await Enter(command, By(command.Permission), rightly);

    /// <param name="by">Who enters it.</param>
    public async Task<Guid?> Enter(ICommand command, Player? by, params string[] rightly) =>
        by is not null
        && await stage.Act(new Charted(DeedKind.Slip, at, NextKey(), Device, command) { Account = by.Account, Rightly = Right(rightly) })
            is { Written.Events: [var first, ..] }
            ? first
            : null;

    /// <summary>Somebody enters something in the wrong form: it is refused.</summary>
    public Task Mistype(Permission permission, string path, string body, params string[] rightly) =>
        stage.Act(new Mistyped(at, NextKey(), Device, path, body) { Account = By(permission)?.Account, Rightly = Right(rightly) });

    /// <summary>The feed sends something.</summary>
    public Task Send(string text, params string[] rightly) =>
        stage.Act(new Garbled(at, NextKey(), "Careless feed", text) { Rightly = Right(rightly) });

    /// <summary>A control id of this slip's own.</summary>
    public string Control(string what) => Id("control " + what).ToString("N")[..20];

    /// <summary>
    /// Somebody on the shift who may do that: whoever has the patient, then the floor, then who is in charge, then anybody.
    /// </summary>
    public Player? By(Permission permission, Player? not = null)
    {
        var duty = stage.Crews?.On(Ward.Changes.Nth(Ward.Time.Local(at)));
        Player?[] able =
        [
            stage.Crews?.All.FirstOrDefault(player => player.Who.Id == Card.Care?.ResponsibleId),
            .. duty?.Floor ?? [],
            duty?.Lead,
            .. stage.Crews?.All ?? [],
        ];
        return able.FirstOrDefault(player => player is not null && player != not && permission.Usual.Contains(player.Who.Role));
    }

    private static HashSet<string> Right(string[] rightly) => [.. rightly is [] ? [Outcome.Taken] : rightly, .. Always];

    private TimeSpan Minutes(double least, double most, string what) =>
        stage.Dice.Between(TimeSpan.FromMinutes(least), TimeSpan.FromMinutes(most), what, about);

    private string NextKey() => $"{stage.Run} slip {about} {step++}";

    private string Device => $"Simulated tablet, {Ward.Unit}, careless";
}
