using System.Globalization;
using System.Text;

namespace Handoff.Simulator;

/// <summary>A tally's figures. All but <paramref name="Refused"/> and <paramref name="SentAgain"/> are of what was acknowledged.</summary>
/// <param name="Late">Checks that were written after their limit, by the simulated clock; <paramref name="Missed"/> is the limits that had
/// passed before.</param>
/// <param name="LateEntries">Checks that were written more than 15 simulated minutes after the patient was seen.</param>
/// <param name="Rosters">Groups whose attendance was recorded; <paramref name="GroupSteps"/> is what was planned, cancelled, begun and
/// ended.</param>
/// <param name="ShiftSteps">People who came on, went off and took charge, and patients who were assigned.</param>
/// <param name="HandoffSteps">What was judged, settled, written, read back, asked and answered.</param>
/// <param name="Accepted">Patients who were accepted or taken; <paramref name="HandedOver"/> is the handoffs that were given.</param>
/// <param name="Slips">What was done carelessly and taken; what was refused of it is under <paramref name="Refused"/>.</param>
/// <param name="Acks">How the messages of a careless feed were answered, by AA, AE and AR.</param>
/// <param name="Failed">What should not have been answered so: something that broke, and of careless deeds every answer that is not one of
/// those that are right.</param>
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
                ("handoff steps", HandoffSteps),
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
