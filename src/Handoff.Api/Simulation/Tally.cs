using System.Globalization;
using System.Text;

namespace Handoff.Api.Simulation;

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
            Of(DeedKind.Admit),
            Of(DeedKind.Transfer),
            Of(DeedKind.Discharge),
            Of(DeedKind.LeaveOut),
            Of(DeedKind.LeaveBack),
            Of(DeedKind.Raise),
            Of(DeedKind.Check),
            late,
            missed,
            lateEntries,
            Of(DeedKind.Skip),
            Of(DeedKind.Meal),
            Of(DeedKind.Observe),
            Of(DeedKind.Incident),
            Of(DeedKind.Task),
            Of(DeedKind.Session),
            Of(DeedKind.Attendance),
            Of(DeedKind.Concern),
            Of(DeedKind.Duty),
            Of(DeedKind.Prepare) + Of(DeedKind.Talk),
            Of(DeedKind.Submit),
            Of(DeedKind.Accept),
            Of(DeedKind.Decline),
            Of(DeedKind.Slip),
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

    private int Of(DeedKind kind) => acknowledged.GetValueOrDefault(kind);

    private double Percentile(double part)
    {
        var sorted = answers.Order().ToList();
        return sorted.Count == 0 ? 0 : Math.Round(sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * part)], 2);
    }
}

/// <summary>A tally's figures. All but <paramref name="Refused"/> and <paramref name="SentAgain"/> are of what was acknowledged.</summary>
/// <param name="Late">Checks that were written after their limit, by the simulated clock; <paramref name="Missed"/> is the limits that had passed before.</param>
/// <param name="LateEntries">Checks that were written more than 15 simulated minutes after the patient was seen.</param>
/// <param name="Rosters">Groups whose attendance was recorded; <paramref name="GroupSteps"/> is what was planned, cancelled, begun and ended.</param>
/// <param name="ShiftSteps">People who came on, went off and took charge, and patients who were assigned.</param>
/// <param name="HandoffSteps">What was judged, settled, written, read back, asked and answered.</param>
/// <param name="Accepted">Patients who were accepted or taken; <paramref name="HandedOver"/> is the hand-overs that were given.</param>
/// <param name="Slips">What was done carelessly and taken; what was refused of it is under <paramref name="Refused"/>.</param>
/// <param name="Acks">How the messages of a careless feed were answered, by AA, AE and AR.</param>
/// <param name="Failed">What should not have been answered so: something that broke, and of careless deeds every answer that is not one of those that are right.</param>
/// <param name="Recorded">Events that the answers to commands name. What the feed's messages recorded is not in it.</param>
/// <param name="Refused">By code; <c>unanswered</c> is what nobody knows about.</param>
/// <param name="SentAgain">Requests that had no answer and were sent again under the same key.</param>
/// <param name="P50">Answer time in milliseconds.</param>
public sealed record Count(
    int Admissions,
    int Transfers,
    int Discharges,
    int LeavesOut,
    int LeavesBack,
    int LevelsRaised,
    int Checks,
    int Late,
    int Missed,
    int LateEntries,
    int Skipped,
    int Meals,
    int Observations,
    int IncidentSteps,
    int TaskSteps,
    int GroupSteps,
    int Rosters,
    int ConcernSteps,
    int ShiftSteps,
    int HandoffSteps,
    int HandedOver,
    int Accepted,
    int Declined,
    int Slips,
    int Acknowledged,
    long Recorded,
    IReadOnlyDictionary<string, int> Refused,
    IReadOnlyDictionary<string, int> Acks,
    IReadOnlyDictionary<string, int> Failed,
    int SentAgain,
    double P50,
    double P99
)
{
    /// <summary><c>checks 93 (4 late, 5 missed) · admitted 1 · p50 2.1 ms p99 9.8 ms</c>; what did not happen is left out.</summary>
    public string Words()
    {
        var words = new StringBuilder($"checks {Checks} ({Late} late, {Missed} missed, {LateEntries} late entries)");
        foreach (
            var (name, count) in new[]
            {
                ("skipped", Skipped),
                ("admitted", Admissions),
                ("moved", Transfers),
                ("discharged", Discharges),
                ("leaves out", LeavesOut),
                ("back", LeavesBack),
                ("levels raised", LevelsRaised),
                ("meals", Meals),
                ("observations", Observations),
                ("incident steps", IncidentSteps),
                ("task steps", TaskSteps),
                ("group steps", GroupSteps),
                ("rosters", Rosters),
                ("concern steps", ConcernSteps),
                ("shift steps", ShiftSteps),
                ("hand-over steps", HandoffSteps),
                ("handed over", HandedOver),
                ("accepted", Accepted),
                ("declined", Declined),
                ("slips", Slips),
                ("sent again", SentAgain),
            }.Where(n => n.Item2 > 0)
        )
        {
            words.Append(CultureInfo.InvariantCulture, $" · {name} {count}");
        }

        foreach (var (code, count) in Acks)
        {
            words.Append(CultureInfo.InvariantCulture, $" · feed {code} {count}");
        }

        foreach (var (what, count) in Failed)
        {
            words.Append(CultureInfo.InvariantCulture, $" · FAILED {what} {count}");
        }

        foreach (var (code, count) in Refused)
        {
            words.Append(CultureInfo.InvariantCulture, $" · {(code == Outcome.Unanswered ? "" : "refused ")}{code} {count}");
        }

        return words.Append(CultureInfo.InvariantCulture, $" · p50 {P50:0.0} ms p99 {P99:0.0} ms").ToString();
    }
}
