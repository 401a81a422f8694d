using System.Globalization;
using System.Text;

namespace Handoff.Simulator;

/// <summary>What was sent in an hour or a whole run, and how it was answered.</summary>
public sealed class Tally
{
    private readonly SortedDictionary<DeedKind, int> acknowledged = [];
    private readonly SortedDictionary<string, int> refused = [];
    private readonly SortedDictionary<string, int> acks = [],
        failed = [];
    private readonly List<double> answers = [];
    private int missed,
        late,
        lateEntries,
        again;
    private long recorded;

    public void Add(Deed deed, Outcome outcome)
    {
        again += outcome.Sendings - 1;
        if (outcome.Code != Outcome.Unanswered)
        {
            answers.Add(outcome.Took.TotalMilliseconds);
        }

        foreach (var wrong in Wrong(deed, outcome))
        {
            failed[wrong] = failed.GetValueOrDefault(wrong) + 1;
        }

        foreach (var ack in outcome.Acks ?? [])
        {
            acks[ack.Code] = acks.GetValueOrDefault(ack.Code) + 1;
        }

        foreach (var code in outcome.Answers.Where(answer => answer != Outcome.Taken))
        {
            refused[code] = refused.GetValueOrDefault(code) + 1;
        }

        if (!outcome.IsAcknowledged)
        {
            return;
        }

        acknowledged[deed.Kind] = acknowledged.GetValueOrDefault(deed.Kind) + 1;
        recorded += outcome.Written?.Events.Count ?? 0;
        if (deed is Charted { Kind: DeedKind.Check } check)
        {
            missed += check.LimitsPassed;
            late += check.LimitsPassed > 0 ? 1 : 0;
            lateEntries += check.IsLateEntry ? 1 : 0;
        }
    }

    public Count Count() =>
        new(
            CountOf(DeedKind.Admit),
            CountOf(DeedKind.Transfer),
            CountOf(DeedKind.Discharge),
            CountOf(DeedKind.LeaveOut),
            CountOf(DeedKind.LeaveBack),
            CountOf(DeedKind.Raise),
            CountOf(DeedKind.Check),
            late,
            missed,
            lateEntries,
            CountOf(DeedKind.Skip),
            CountOf(DeedKind.Meal),
            CountOf(DeedKind.Observe),
            CountOf(DeedKind.Incident),
            CountOf(DeedKind.Task),
            CountOf(DeedKind.Session),
            CountOf(DeedKind.Attendance),
            CountOf(DeedKind.Concern),
            CountOf(DeedKind.Duty),
            CountOf(DeedKind.Prepare) + CountOf(DeedKind.Talk),
            CountOf(DeedKind.Submit),
            CountOf(DeedKind.Accept),
            CountOf(DeedKind.Decline),
            CountOf(DeedKind.Slip),
            acknowledged.Values.Sum(),
            recorded,
            refused,
            acks,
            failed,
            again,
            Percentile(0.5),
            Percentile(0.99)
        );

    // What broke, and what a careless deed should not have been answered.
    private static IEnumerable<string> Wrong(Deed deed, Outcome outcome) =>
        outcome switch
        {
            { IsBroken: true } => [$"{deed.Kind} {outcome.Code}"],
            { Code: Outcome.Unanswered } => [],
            _ => outcome
                .Answers.Where(answer => deed.Rightly?.Contains(answer) == false)
                .Select(answer => $"{deed.Kind} {deed.Key}: {answer}"),
        };

    private int CountOf(DeedKind kind) => acknowledged.GetValueOrDefault(kind);

    private double Percentile(double part)
    {
        var sorted = answers.Order().ToList();
        return sorted.Count == 0 ? 0 : Math.Round(sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * part)], 2);
    }
}
