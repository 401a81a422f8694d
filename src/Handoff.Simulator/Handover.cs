using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using static Handoff.Simulator.HandoverWords;

namespace Handoff.Simulator;

/// <summary>
/// One change of shift: what everybody does next about each patient, given the handoff's pages as they stand. Asked again when the pages
/// have changed,
/// it goes on from there, until every patient is with one of the coming shift. A patient of somebody who is not played and has not left
/// stays theirs.
/// </summary>
/// <param name="coming">Who comes; <paramref name="all"/> is everybody who is played.</param>
/// <param name="about">Which change, such as <c>2026-11-21T15:00</c>; what people decide and say follows from it.</param>
/// <param name="changes">When the shift changes, on the simulated clock.</param>
/// <param name="wall">The same by the service's clock: people are on the service's shift of that moment.</param>
internal sealed class Handover(
    Dice dice,
    Ward ward,
    string run,
    Duty coming,
    IReadOnlyList<Player> all,
    string about,
    DateTimeOffset changes,
    DateTimeOffset wall
)
{
    private const double Late = 0.25,
        Leaves = 0.15,
        Writes = 0.28,
        Foresees = 0.6,
        ReadsBack = 0.35,
        Asks = 0.12,
        Corrects = 0.15,
        DeclinesFirst = 0.04;

    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10),
        Step = TimeSpan.FromMinutes(2);

    /// <summary>What was done or refused is not tried again.</summary>
    private readonly HashSet<string> done = [];

    private DateTimeOffset now;

    /// <summary>Whoever reads the unit's page.</summary>
    public Player Reader => coming.Lead;

    /// <summary>The latest that somebody comes.</summary>
    public DateTimeOffset Latest => changes.AddMinutes(20);

    /// <summary>Whose handoff must be opened to go on, and by whom.</summary>
    public IEnumerable<(Guid Stay, Player By)> Opens(UnitHandoff page) =>
        from patient in page.Patients
        where
            !patient.IsByRule
            && !IsSettled(patient)
            && patient.Next?.Id == Target(page, patient).Who.Id
            && (patient.Standing == HandoffStanding.Given || Giver(page, patient) is not null)
        select (patient.Stay, patient.Standing == HandoffStanding.Given ? Target(page, patient) : Giver(page, patient)!);

    /// <summary>What happens next, in lines that go on side by side; empty if it is over or somebody is waited for.</summary>
    public IReadOnlyList<IReadOnlyList<Deed>> Next(UnitHandoff page, IReadOnlyDictionary<Guid, PatientHandoff> opened, DateTimeOffset at)
    {
        now = at;
        IEnumerable<IEnumerable<Deed>> lines = page.Patients.Select(patient =>
            About(page, patient, opened.GetValueOrDefault(patient.Stay))
        );
        return
        [
            .. lines
                .Append(Comings(page))
                .Append(Goings(page))
                .Select(line => line.Where(deed => done.Add(deed.Key)).ToList())
                .Where(line => line.Count > 0),
        ];
    }

    /// <summary>The shift has changed, everybody who comes has come, and no handoff waits for somebody who is played.</summary>
    public bool IsOver(UnitHandoff page) =>
        now >= changes
        && coming.All.All(player => IsOn(page, player))
        && page.Patients.All(patient => IsSettled(patient) || IsOutOfReach(page, patient));

    public int Waiting(UnitHandoff page) => page.Patients.Count(patient => !IsSettled(patient) && !IsOutOfReach(page, patient));

    private IEnumerable<Deed> Comings(UnitHandoff page)
    {
        foreach (var player in coming.All.Where(player => !IsOn(page, player)))
        {
            var comes =
                player == LateOne
                    ? changes.AddMinutes(12 + 8 * dice.Roll("late by", about))
                    : changes - Early * dice.Roll("early by", about, player.Account);
            if (comes <= now || player != LateOne)
            {
                yield return Deed(DeedKind.Duty, player, "on", Shift(page).Key, new ComeOn { Key = Shift(page).Key }, comes);
            }
        }

        if (IsOn(page, coming.Lead) && !IsInCharge(page))
        {
            yield return Deed(DeedKind.Duty, coming.Lead, "charge", page.InCharge?.Id ?? "", new TakeCharge { Key = page.Unit });
        }
    }

    // Who has handed everybody over goes; one may have had to go before that.
    private IEnumerable<Deed> Goings(UnitHandoff page) =>
        from shift in page.Shifts
        from person in shift.People
        where person.Until is null && !coming.Has(person.Who.Id)
        let player = Played(person.Who.Id)
        where player is not null
        let leaves = player == Leaver(page)
        where leaves || (now >= changes && page.Patients.All(p => p.Responsible?.Id != player.Who.Id))
        select Deed(
            DeedKind.Duty,
            player,
            "off",
            shift.Key,
            new GoOff(Reason: leaves ? dice.OneOf(Left, "why left", about) : null) { Key = shift.Key }
        );

    private IEnumerable<Deed> About(UnitHandoff page, HandoffPatient patient, PatientHandoff? opened)
    {
        var target = Target(page, patient);
        return patient switch
        {
            _ when IsSettled(patient) || !IsOn(page, target) || !IsInCharge(page) || IsOutOfReach(page, patient) => [],
            { IsByRule: true } when target == coming.Lead =>
            [
                Care(DeedKind.Accept, target, patient, "take", new TakePatient(Shift(page).Key)),
            ],
            _ when patient.Next?.Id != target.Who.Id || page.Shifts.All(s => s.Key != patient.NextShift || s.Ends <= page.AsOf) =>
            [
                Care(
                    DeedKind.Duty,
                    coming.Lead,
                    patient,
                    $"assign {target.Account} {patient.Declined}",
                    new AssignPatient(target.Who.Id, Shift(page).Key)
                ),
            ],
            { IsByRule: true } => [Care(DeedKind.Accept, target, patient, "accept", new AcceptHandoff())],
            _ when opened is null => [],
            { Standing: HandoffStanding.Given } => Talk(Giver(page, patient)!, target, patient, opened),
            _ => Give(page, Giver(page, patient)!, target, patient, opened),
        };
    }

    private IEnumerable<Deed> Give(UnitHandoff page, Player giver, Player target, HandoffPatient patient, PatientHandoff opened)
    {
        var (stay, sections) = (patient.Stay.ToString(), opened.Template.Sections());
        if (patient.Severity != Severity(patient))
        {
            yield return Care(DeedKind.Prepare, giver, patient, "judge", new JudgeSeverity(Severity(patient)));
        }

        foreach (var fired in opened.Contingencies.Where(c => c is { FiredAt: not null, Closed: null }))
        {
            yield return Care(
                DeedKind.Prepare,
                giver,
                patient,
                $"answered {fired.Id}",
                new AnswerContingency(fired.Id, dice.OneOf(Answered, "answered", fired.Id.ToString()))
            );
        }

        foreach (
            var loop in opened.Loops.Where(l =>
                l is { IsSettled: false, Pressing: < Pressing.Emergency } && !l.Loop.Contains("/contingency-", StringComparison.Ordinal)
            )
        )
        {
            yield return Settle(page, giver, target, patient, loop);
        }

        if (
            Severity(patient) > IllnessSeverity.Stable
            && opened.Contingencies.All(c => c.Closed is not null)
            && dice.Happens(Foresees, "foresees", about, stay)
        )
        {
            yield return Care(DeedKind.Prepare, giver, patient, "foresee", dice.OneOf(Foreseen, "foreseen", about, stay));
        }

        if (dice.Happens(Writes, "writes", about, stay))
        {
            yield return Care(
                DeedKind.Prepare,
                giver,
                patient,
                "write",
                new WriteHandoff(dice.OneOf(sections, "section", about, stay), dice.OneOf(Own, "own words", about, stay))
            );
        }

        if (patient.Declined is { } why)
        {
            yield return Care(
                DeedKind.Prepare,
                giver,
                patient,
                "reply",
                new WriteHandoff(sections[0], HandoverWords.Declines.FirstOrDefault(d => d.Reason == why).Answer ?? "Talked it over.")
            );
        }

        // An emergency is answered before anybody is handed over; the page changes when it is.
        if (opened.Loops.Any(l => l.Pressing == Pressing.Emergency))
        {
            yield break;
        }

        yield return new Given(
            When(stay),
            $"{run} {about} give {stay} {opened.Loops.Count} {patient.Declined}",
            Device,
            patient.Stay,
            opened.Watermark
        )
        {
            Account = giver.Account,
        };
    }

    // What can be done is done, the rest goes on with a reason or becomes the receiver's.
    private Charted Settle(UnitHandoff page, Player giver, Player target, HandoffPatient patient, HandoffLoop loop) =>
        dice.Roll("settles", about, loop.Loop) switch
        {
            < 0.35 when LoopTask(loop) is { } task => Deed(DeedKind.Task, giver, "finish", task, new FinishTask { Key = task }),
            < 0.65 => Care(
                DeedKind.Prepare,
                giver,
                patient,
                $"reown {loop.Loop}",
                new ReownLoop(loop.Loop, target.Who.Id, Shift(page).Key)
            ),
            _ => Care(
                DeedKind.Prepare,
                giver,
                patient,
                $"defer {loop.Loop}",
                new DeferLoop(loop.Loop, dice.OneOf(Deferred, "why deferred", about, loop.Loop))
            ),
        };

    // The giver answers what was asked and read back; then the receiver takes the next step.
    private List<Charted> Talk(Player giver, Player target, HandoffPatient patient, PatientHandoff opened)
    {
        List<Charted> answers =
        [
            .. opened
                .Questions.Where(q => q.Answer is null)
                .Select(q => Care(DeedKind.Talk, giver, patient, $"answer {q.Id}", new AnswerHandoff(q.Id, Answer(q.Words)))),
            .. opened
                .ReadBacks.Where(r => !r.IsAnswered)
                .Select(r => Care(DeedKind.Talk, giver, patient, $"heard {r.Id}", new AnswerReadBack(r.Id, Correction(r)))),
        ];
        return answers.Count > 0 ? answers : [Receive(target, patient, opened, patient.Stay.ToString())];
    }

    private Charted Receive(Player target, HandoffPatient patient, PatientHandoff opened, string stay) =>
        opened.Given! switch
        {
            _ when Happens(Asks, "asks", stay) && !IsDone("ask", stay) => Care(
                DeedKind.Talk,
                target,
                patient,
                "ask",
                new AskHandoff(dice.OneOf(Questions, "asked", about, stay).Question)
            ),
            _ when Happens(DeclinesFirst, "declines", stay) && !IsDone("decline", stay) => Care(
                DeedKind.Decline,
                target,
                patient,
                "decline",
                new DeclineHandoff(dice.OneOf(HandoverWords.Declines, "why declined", about, stay).Reason)
            ),
            _ when opened.ReadBacks is [.., { Correction: { } correction } wrong] => Care(
                DeedKind.Talk,
                target,
                patient,
                $"read back after {wrong.Id}",
                new GiveReadBack(correction)
            ),
            var given when opened.UrgentSince(target.Who.Id).ToList() is { Count: > 0 } urgent => Care(
                DeedKind.Talk,
                target,
                patient,
                $"read back {given.Id} with {NamedId.From([.. urgent.Select(l => $"{l.Loop} {l.Since:O}")])}",
                new GiveReadBack()
            ),
            var given
                when opened.ReadBacks.All(r => r.By.Id != target.Who.Id)
                    && (
                        given.Severity > IllnessSeverity.Stable
                        || given.Loops.Any(l => l.Pressing > Pressing.Usual)
                        || Happens(ReadsBack, "reads back", stay)
                    ) => Care(DeedKind.Talk, target, patient, $"read back {given.Id}", new GiveReadBack(ReadAloud(stay, given))),
            var given => Care(DeedKind.Accept, target, patient, $"accept {given.Id}", new AcceptHandoff()),
        };

    private string? ReadAloud(string stay, GivenHandoff given) =>
        given.Severity == IllnessSeverity.Stable || Happens(0.4, "aloud", stay) ? null : dice.OneOf(ReadBacks, "read back", about, stay);

    // What was said again after a correction is right.
    private string? Correction(HeardBack heard) =>
        heard.Words is not null
        && !HandoverWords.Corrections.Contains(heard.Words)
        && dice.Happens(Corrects, "corrects", heard.Id.ToString())
            ? dice.OneOf(Corrections, "correction", heard.Id.ToString())
            : null;

    private static string Answer(string question) =>
        Questions.FirstOrDefault(q => q.Question == question).Answer ?? "I will find out and tell you before I go.";

    /// <summary>Whoever is watched more closely than the others, and a few besides.</summary>
    private IllnessSeverity Severity(HandoffPatient patient)
    {
        var (isClose, roll) = (
            patient.Level is "1:1" or "Q5" || patient.Level?.StartsWith("Line", StringComparison.OrdinalIgnoreCase) == true,
            dice.Roll("severity", about, patient.Stay.ToString())
        );
        return isClose
            ? roll < 0.3
                ? IllnessSeverity.Unstable
                : IllnessSeverity.Watcher
            : roll < 0.06
                ? IllnessSeverity.Watcher
                : IllnessSeverity.Stable;
    }

    // Rooms side by side go to the same person; who has the patient already, or was told to, keeps them.
    private Player Target(UnitHandoff page, HandoffPatient patient) =>
        (patient.IsByRule ? null : coming.Floor.FirstOrDefault(p => p.Who.Id == patient.Responsible?.Id))
        ?? coming.Floor.FirstOrDefault(p => p.Who.Id == patient.Next?.Id)
        ?? coming.Floor[Place(page, patient) * coming.Floor.Count / Math.Max(1, ward.Beds.Count)];

    private int Place(UnitHandoff page, HandoffPatient patient) =>
        ward
            .Beds.Index()
            .Where(b => b.Item == patient.Bed)
            .Select(b => b.Index)
            .DefaultIfEmpty(page.Patients.Count % ward.Beds.Count)
            .First();

    /// <summary>
    /// Who gives: whoever is responsible; for somebody who has left, who is in charge. Null for somebody who is not played.
    /// </summary>
    private Player? Giver(UnitHandoff page, HandoffPatient patient) =>
        Played(patient.Responsible?.Id) is { } player
        && page.Shifts.Any(s => s.People.Any(p => p.Until is null && p.Who.Id == player.Who.Id))
            ? player
        : patient.HasLeft || Played(patient.Responsible?.Id) is not null ? coming.Lead
        : null;

    private bool IsSettled(HandoffPatient patient) => !patient.IsByRule && coming.Floor.Any(p => p.Who.Id == patient.Responsible?.Id);

    private bool IsOutOfReach(UnitHandoff page, HandoffPatient patient) => !patient.IsByRule && Giver(page, patient) is null;

    private bool IsInCharge(UnitHandoff page) => page.InCharge?.Id == coming.Lead.Who.Id;

    private bool IsOn(UnitHandoff page, Player player) => Shift(page).People.Any(p => p.Until is null && p.Who.Id == player.Who.Id);

    private ShiftLine Shift(UnitHandoff page) =>
        page.Shifts.FirstOrDefault(s => s.Starts <= wall && wall < s.Ends && s.Ends > page.AsOf)
        ?? page.Shifts.First(s => s.Ends > page.AsOf);

    private Player? LateOne => coming.Floor.Count > 1 && dice.Happens(Late, "late", about) ? coming.Floor[^1] : null;

    private Player? Leaver(UnitHandoff page) =>
        dice.Happens(Leaves, "leaves", about)
            ? all.Where(p => !coming.Has(p.Who.Id) && page.GivenBy(p.Who.Id).Any(patient => !patient.IsByRule))
                .OrderBy(p => dice.Roll("leaver", about, p.Account))
                .FirstOrDefault()
            : null;

    private Player? Played(string? person) => all.FirstOrDefault(p => p.Who.Id == person);

    private bool Happens(double chance, string what, string stay) => dice.Happens(chance, what, about, stay);

    private bool IsDone(string what, string stay) => done.Contains($"{run} {about} {what} {stay}");

    private static string? LoopTask(HandoffLoop loop) =>
        loop.Loop.EndsWith("/task", StringComparison.Ordinal) && loop.Link.StartsWith("/tasks/", StringComparison.Ordinal)
            ? loop.Link["/tasks/".Length..]
            : null;

    private Charted Care(DeedKind kind, Player who, HandoffPatient patient, string what, Command<Care> command) =>
        Deed(kind, who, what, patient.Stay.ToString(), command with { Key = patient.Stay.ToString() });

    private Charted Deed(DeedKind kind, Player who, string what, string whom, ICommand command, DateTimeOffset? at = null) =>
        new(kind, at ?? When(whom), $"{run} {about} {what} {whom}{(kind == DeedKind.Duty ? who.Account : "")}", Device, command)
        {
            Account = who.Account,
        };

    private DateTimeOffset When(string whom) => now + Step * dice.Roll("when", about, whom);

    private string Device => $"Simulated tablet, {ward.Unit}";
}
