using System.Globalization;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <summary>
/// Finds checks that look unlike a round: many entered in one moment, the same interval again and again, one person in two places, and
/// checks for times at which the person did
/// nothing in the service. Each of them has honest reasons (a lost tablet, notes on paper, a colleague's account), so it is a question to
/// one person about some checks, never
/// a verdict, a score or a comparison of people. The limits are chosen so that honest days raise hardly any: <c>docs/figures.md</c> says
/// how many, from
/// <c>RoundQuestionFigureTests</c>. It is not proof against somebody who knows it: a made-up round with made-up unevenness is not found
/// here.
/// </summary>
public static class RoundQuestions
{
    /// <summary>So many of one patient entered within <see cref="Moment"/>: a round has one.</summary>
    public const int OfOnePatient = 3;

    /// <summary>
    /// So many entered within <see cref="Moment"/>, none of them just made, although they were made over more than <see cref="Spread"/>.
    /// </summary>
    public const int AtOnce = 6;

    /// <summary>So many intervals in a row are compared; fewer can be alike by chance.</summary>
    public const int Intervals = 12;

    /// <summary>
    /// The intervals' standard deviation over their mean. A look is asked for at a moment chosen evenly between 9/15 and 14/15 of the limit
    /// (<see cref="DueWindow"/>), which alone
    /// comes to 0.125. Twelve of those lie under a sixth of that less than once in ten million times; eight under a third of it lay there
    /// once in three thousand, which was once a day.
    /// </summary>
    public const double Alike = 0.02;

    /// <summary>So many in one entering for times at which nothing else was done.</summary>
    public const int Idle = 4;

    public static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Spread = TimeSpan.FromMinutes(20);

    /// <summary>Nobody gets from one unit to another in less.</summary>
    public static readonly TimeSpan BetweenUnits = TimeSpan.FromMinutes(1);

    /// <summary>Three places of one unit within this are more than somebody can look into.</summary>
    public static readonly TimeSpan BetweenPlaces = TimeSpan.FromSeconds(5);

    /// <summary>Entered so much later, a check was not made beside its entry.</summary>
    public static readonly TimeSpan Backdated = TimeSpan.FromMinutes(15);

    /// <summary>Who did something within this of a check was at work then.</summary>
    public static readonly TimeSpan Around = TimeSpan.FromMinutes(10);

    /// <param name="checks">That stand, of some hours; who is on several units with those of each.</param>
    /// <param name="doings">What the same people did besides in that time.</param>
    /// <returns>By time. At most one of a kind about the same person's checks of the same time.</returns>
    public static IReadOnlyList<RoundQuestionAsked> Ask(IReadOnlyCollection<CheckTrace> checks, IReadOnlyCollection<Doing> doings)
    {
        var did = doings.ToLookup(d => d.Person, d => d.At);
        return
        [
            .. checks
                .GroupBy(c => c.Person)
                .SelectMany(mine => Ask([.. mine.OrderBy(c => c.Seen).ThenBy(c => c.Check)], [.. did[mine.Key].Order()]))
                .OrderBy(q => q.From)
                .ThenBy(q => q.Id),
        ];
    }

    private static IEnumerable<RoundQuestionAsked> Ask(IReadOnlyList<CheckTrace> mine, IReadOnlyList<DateTimeOffset> did)
    {
        List<CheckTrace> atOnce = [.. mine.Where(c => !c.IsLater)];
        return Asked(RoundQuestionKind.EnteredTogether, EnteredTogether(atOnce))
            .Concat(Asked(RoundQuestionKind.EqualIntervals, EqualIntervals(mine)))
            .Concat(Asked(RoundQuestionKind.TwoPlaces, TwoPlaces(mine)))
            .Concat(Asked(RoundQuestionKind.IdleSession, IdleSession(atOnce, did)));
    }

    private static IEnumerable<List<CheckTrace>> EnteredTogether(List<CheckTrace> checks) =>
        from run in Runs([.. checks.OrderBy(c => c.Entered)], c => c.Entered, Moment)
        let late = run.Where(c => c.Entered - c.Seen > Moment).ToList()
        where
            run.GroupBy(c => c.Stay).Any(one => one.Count() >= OfOnePatient)
            || (late.Count >= AtOnce && late.Max(c => c.Seen) - late.Min(c => c.Seen) > Spread)
        select run;

    private static IEnumerable<List<CheckTrace>> EqualIntervals(IReadOnlyList<CheckTrace> checks)
    {
        foreach (var ofStay in checks.GroupBy(c => c.Stay))
        {
            List<CheckTrace> one = [.. ofStay];
            for (var first = 0; first + Intervals < one.Count; first++)
            {
                var run = one.GetRange(first, Intervals + 1);
                if (AreAlike([.. run.Zip(run.Skip(1), (a, b) => (b.Seen - a.Seen).TotalSeconds)]))
                {
                    yield return run;
                }
            }
        }
    }

    private static bool AreAlike(List<double> gaps)
    {
        var mean = gaps.Average();
        return mean > 0 && Math.Sqrt(gaps.Sum(gap => (gap - mean) * (gap - mean)) / (gaps.Count - 1)) < Alike * mean;
    }

    private static IEnumerable<List<CheckTrace>> TwoPlaces(IReadOnlyList<CheckTrace> checks)
    {
        for (var i = 0; i < checks.Count; i++)
        {
            List<CheckTrace> near = [checks[i]];
            for (var j = i + 1; j < checks.Count && checks[j].Seen - checks[i].Seen < BetweenUnits; j++)
            {
                near.Add(checks[j]);
            }

            if (near.Any(c => c.Unit != near[0].Unit))
            {
                yield return near;
            }
            else if (
                near.TakeWhile(c => c.Seen - near[0].Seen <= BetweenPlaces).ToList() is var here
                && here.Select(c => c.Place).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 2
            )
            {
                yield return here;
            }
        }
    }

    private static IEnumerable<List<CheckTrace>> IdleSession(List<CheckTrace> checks, IReadOnlyList<DateTimeOffset> did)
    {
        var late = checks.Where(c => c.Entered - c.Seen > Backdated && !WasAtWork(c.Seen, did)).OrderBy(c => c.Entered).ToList();
        return Runs(late, c => c.Entered, Around).Where(run => run.Count >= Idle);
    }

    private static bool WasAtWork(DateTimeOffset at, IReadOnlyList<DateTimeOffset> did)
    {
        var (low, high) = (0, did.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = did[middle] < at - Around ? (middle + 1, high) : (low, middle);
        }

        return low < did.Count && did[low] <= at + Around;
    }

    /// <summary>Cuts a line of checks where the next is more than <paramref name="within"/> after the run's first.</summary>
    private static IEnumerable<List<CheckTrace>> Runs(List<CheckTrace> checks, Func<CheckTrace, DateTimeOffset> at, TimeSpan within)
    {
        List<CheckTrace> run = [];
        foreach (var check in checks)
        {
            if (run.Count > 0 && at(check) - at(run[0]) > within)
            {
                yield return run;
                run = [];
            }

            run.Add(check);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    // What overlaps is one question: a round of six patients at equal intervals is asked about once.
    private static IEnumerable<RoundQuestionAsked> Asked(RoundQuestionKind kind, IEnumerable<List<CheckTrace>> found)
    {
        List<CheckTrace> one = [];
        foreach (var run in found.OrderBy(run => run.Min(c => c.Seen)).ThenBy(run => run.Min(c => c.Check)))
        {
            if (one.Count > 0 && run.Min(c => c.Seen) > one.Max(c => c.Seen))
            {
                yield return Asked(kind, one);
                one = [];
            }

            one.AddRange(run.Where(c => one.All(known => known.Check != c.Check)));
        }

        if (one.Count > 0)
        {
            yield return Asked(kind, one);
        }
    }

    private static RoundQuestionAsked Asked(RoundQuestionKind kind, List<CheckTrace> checks)
    {
        List<CheckTrace> all = [.. checks.OrderBy(c => c.Seen).ThenBy(c => c.Check)];
        return new(
            NamedId.From("round-question", kind.ToString(), all[0].Check.ToString("D", CultureInfo.InvariantCulture)),
            kind,
            all[0].Unit,
            all[0].Person,
            all[0].Seen,
            all[^1].Seen,
            [.. all.Select(c => c.Check)],
            [.. all.Select(c => c.Stay).Distinct()],
            all.Select(c => (c.Unit, c.Place)).Distinct().Count()
        );
    }
}
