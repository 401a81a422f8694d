using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Status;

/// <summary>How one patient is: behaviour against their own baseline, meals, precautions, preferences. The key is the stay's id.</summary>
[Stored("patient_status")]
[OfEachStay]
public sealed record PatientStatus : State
{
    /// <summary>What is older than this is not how the patient is.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    /// <summary>Enough to take back a mistaken entry and see what stood before it.</summary>
    private const int RememberedOfEach = 3,
        MealsRemembered = 28,
        EndedRemembered = 6;

    public Guid Stay { get; init; }

    public string? Unit { get; init; }

    public DateTimeOffset? HereSince { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool IsOver { get; init; }

    /// <summary>The latest three of each domain, oldest first by when they were observed.</summary>
    public IReadOnlyList<Observed> Observations { get; init; } = [];

    /// <summary>The latest three of each domain, oldest first; the last one stands.</summary>
    public IReadOnlyList<Baseline> Baselines { get; init; } = [];

    /// <summary>Every precaution in force, and the latest few that were ended; oldest first by when they were started.</summary>
    public IReadOnlyList<Precaution> Precautions { get; init; } = [];

    /// <summary>The latest meals, oldest first: about a week of them.</summary>
    public IReadOnlyList<MealEaten> Meals { get; init; } = [];

    /// <summary>The latest three of each kind, oldest first; the last one stands.</summary>
    public IReadOnlyList<Preference> Preferences { get; init; } = [];

    /// <summary>The latest three times that somebody gave the patient time of their own, oldest first.</summary>
    public IReadOnlyList<SupportiveContact> Contacts { get; init; } = [];

    /// <summary>Every time that the patient asked to talk and nobody has answered, and the latest three; oldest first.</summary>
    public IReadOnlyList<TalkWish> Wishes { get; init; } = [];

    /// <summary>The latest entries that were entered in error.</summary>
    public IReadOnlyList<Guid> TakenBack { get; init; } = [];

    public bool IsRunning() => HereSince is not null && !IsOver;

    /// <summary>The latest observation of a domain, however old.</summary>
    public Observed? Latest(BehaviorDomain domain) => Observations.LastOrDefault(o => o.Domain == domain);

    /// <summary>How the patient usually is; null as long as nobody said.</summary>
    public Baseline? BaselineOf(BehaviorDomain domain) => Baselines.LastOrDefault(b => b.Domain == domain);

    /// <summary>
    /// Every domain observed since a moment, with its change from baseline, in the domains' order; also those that are as usual.
    /// </summary>
    public IReadOnlyList<ChangeFromBaseline> ComparedSince(DateTimeOffset since) =>
        [
            .. from domain in Enum.GetValues<BehaviorDomain>()
            let latest = Latest(domain)
            where latest is not null && latest.At >= since
            select new ChangeFromBaseline(latest, BaselineOf(domain)),
        ];

    /// <summary>
    /// What is not as usual in the last 24 hours: better or worse than baseline, or severe where no baseline was set. The worst first.
    /// </summary>
    public IReadOnlyList<ChangeFromBaseline> Changes(DateTimeOffset now) =>
        [.. ComparedSince(now - Fresh).Where(c => c.IsNotable()).OrderByDescending(c => c.Weight())];

    /// <summary>In force, in the order of their kinds.</summary>
    public IReadOnlyList<Precaution> ActivePrecautions() => [.. Precautions.Where(p => p.Ended is null).OrderBy(p => p.Kind)];

    /// <summary>What stands of each kind, in the kinds' order: what calms and what triggers come first.</summary>
    public IReadOnlyList<Preference> CurrentPreferences() =>
        [.. Enum.GetValues<PreferenceKind>().Select(PreferenceOf).OfType<Preference>()];

    public Preference? PreferenceOf(PreferenceKind kind) => Preferences.LastOrDefault(p => p.Kind == kind);

    /// <summary>The latest meal of the last 24 hours, if little of it was eaten; snacks aside.</summary>
    public MealEaten? PoorMeal(DateTimeOffset now) =>
        Meals.LastOrDefault(m => m.Meal != Meal.Snack) is { } last && last.IsPoor() && last.At >= now - Fresh ? last : null;

    /// <summary>How many meals in a row were declined up to the latest, if that is of the last 24 hours; snacks aside.</summary>
    public int DeclinedInARow(DateTimeOffset now) =>
        PoorMeal(now) is null ? 0 : Meals.Where(m => m.Meal != Meal.Snack).Reverse().TakeWhile(m => m.IsDeclined).Count();

    /// <summary>What was written down lately, each entry by itself; the latest first.</summary>
    public IEnumerable<WrittenEntry> Entries() =>
        new IEnumerable<StatusEntry>[] { Observations, Meals, Preferences, Baselines, Precautions, Contacts, Wishes }
            .SelectMany(kind => kind)
            .SelectMany(entry => entry.Written())
            .OrderByDescending(one => one.Entry.At);

    /// <summary>The oldest wish to talk since which nobody has given the patient time; null if there is none.</summary>
    public TalkWish? OpenWish() => Wishes.FirstOrDefault(IsOpen);

    public override string? OnUnit() => IsRunning() ? Unit : null;

    public override Guid? OfStay() => Stay;

    public override IEnumerable<Deadline> Deadlines() =>
        !IsRunning()
            ? []
            : ActivePrecautions()
                .Where(p => !p.IsOverdueSaid())
                .Select(p => new Deadline($"review-{p.Id}", p.ReviewBy(), new FindReviewOverdue(p.Id) { Key = Stay.ToString() }));

    /// <summary>
    /// <c>precaution-review</c>: all whose review is overdue, until they are reviewed or ended. <c>talk</c>: the patient asked to talk,
    /// until somebody has given them time.
    /// </summary>
    public override IEnumerable<OpenLoop> OpenLoops()
    {
        if (IsRunning() && ActivePrecautions().Where(p => p.IsOverdueSaid()).ToList() is { Count: > 0 } late)
        {
            var since = late.Min(p => p.ReviewBy());
            var words = $"review of precautions: {string.Join(", ", late.Select(p => p.Words()))}";
            yield return new("precaution-review", Stay, since, since, words, $"/stays/{Stay}#status");
        }

        if (IsRunning() && OpenWish() is { } wish)
        {
            yield return wish.Open(Stay);
        }
    }

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            StatusPlaced e => this with
            {
                Stay = Guid.Parse(fact.Key),
                Unit = e.Unit,
                HereSince = e.HereSince,
                EndedAt = null,
                IsOver = false,
            },
            StatusClosed e => this with { EndedAt = e.OccurredAt, IsOver = true },
            BehaviorObserved e => this with
            {
                Observations = Kept(
                    Observations,
                    new(fact.Id, e.OccurredAt, fact.By.Name, e.Domain, e.Descriptor, e.Intensity, e.Quote),
                    o => o.Domain
                ),
            },
            BaselineSet e => this with
            {
                Baselines = Kept(Baselines, new(fact.Id, e.OccurredAt, fact.By.Name, e.Domain, e.Intensity, e.Descriptor), b => b.Domain),
            },
            MealRecorded e => this with
            {
                Meals =
                [
                    .. Meals
                        .Append(new(fact.Id, e.OccurredAt, fact.By.Name, e.Meal, e.Percent, e.IsDeclined))
                        .OrderBy(m => m.At)
                        .TakeLast(MealsRemembered),
                ],
            },
            PreferenceRecorded e => this with
            {
                Preferences = Kept(Preferences, new(fact.Id, e.OccurredAt, fact.By.Name, e.Kind, e.Words), p => p.Kind),
            },
            PrecautionStarted e => this with
            {
                Precautions =
                [
                    .. Precautions
                        .Append(new(fact.Id, e.OccurredAt, fact.By.Name, e.Kind, e.Name, e.Reason, e.ReviewBy))
                        .OrderBy(p => p.At),
                ],
            },
            PrecautionReviewed e => With(e.Precaution, p => p.Looked(new(fact.Id, e.OccurredAt, fact.By.Name, e.Remark, e.ReviewBy))),
            PrecautionReviewOverdue e => With(e.Precaution, p => p with { OverdueSaid = e.OccurredAt }),
            PrecautionEnded e => With(e.Precaution, p => p with { Ended = new(fact.Id, e.OccurredAt, fact.By.Name, e.Reason) })
                .WithoutOldEnds(),
            SupportiveContactHeld e => this with
            {
                Contacts = Kept(Contacts, new(fact.Id, e.OccurredAt, fact.By.Name, e.Minutes, e.Remark), _ => 0),
            },
            TalkAsked e => this with { Wishes = With(new TalkWish(fact.Id, e.OccurredAt, fact.By.Name, e.Words)) },
            StatusEntryTakenBack e => Without(e.Entry),
            _ => this,
        };

    private bool IsOpen(TalkWish wish) => !Contacts.Any(c => c.At >= wish.At);

    // Who asks again and again has been waiting since they first asked.
    private List<TalkWish> With(TalkWish wish)
    {
        var all = Wishes.Append(wish).OrderBy(w => w.At).ToList();
        return [.. all.Where((w, i) => IsOpen(w) || i >= all.Count - RememberedOfEach)];
    }

    private PatientStatus With(Guid precaution, Func<Precaution, Precaution> change) =>
        this with
        {
            Precautions = [.. Precautions.Select(p => p.Id == precaution ? change(p) : p)],
        };

    private PatientStatus WithoutOldEnds()
    {
        var old = Precautions
            .Where(p => p.Ended is not null)
            .OrderByDescending(p => p.Ended!.At)
            .Skip(EndedRemembered)
            .Select(p => p.Id)
            .ToHashSet();
        return this with { Precautions = [.. Precautions.Where(p => !old.Contains(p.Id))] };
    }

    private PatientStatus Without(Guid entry) =>
        this with
        {
            Observations = [.. Observations.Where(o => o.Id != entry)],
            Baselines = [.. Baselines.Where(b => b.Id != entry)],
            Meals = [.. Meals.Where(m => m.Id != entry)],
            Preferences = [.. Preferences.Where(p => p.Id != entry)],
            Precautions = [.. Precautions.Where(p => p.Id != entry).Select(p => p.Without(entry))],
            Contacts = [.. Contacts.Where(c => c.Id != entry)],
            Wishes = [.. Wishes.Where(w => w.Id != entry)],
            TakenBack = [.. TakenBack.Append(entry).TakeLast(16)],
        };

    private static List<T> Kept<T, TOf>(IEnumerable<T> entries, T entry, Func<T, TOf> of)
        where T : StatusEntry =>
        [.. entries.Append(entry).OrderBy(e => e.At).GroupBy(of).SelectMany(same => same.TakeLast(RememberedOfEach)).OrderBy(e => e.At)];
}
