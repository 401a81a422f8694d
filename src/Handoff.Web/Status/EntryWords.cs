using Handoff.Domain.Access;
using Handoff.Domain.Status;

namespace Handoff.Web.Status;

/// <summary>What was written down about a patient lately, each entry in one line.</summary>
public static class EntryWords
{
    /// <summary>The latest first, with who may take it back.</summary>
    public static IEnumerable<(StatusEntry Entry, string Words, Permission May)> Of(PatientStatus status) =>
        All(status).OrderByDescending(entry => entry.Entry.At);

    private static IEnumerable<(StatusEntry Entry, string Words, Permission May)> All(PatientStatus status) =>
        [
            .. status.Observations.Select(o =>
                ((StatusEntry)o, $"{o.Domain}: {o.Descriptor}, {Behavior.Words(o.Intensity)}", Permission.Observe)
            ),
            .. status.Meals.Select(m => ((StatusEntry)m, $"{m.Meal}: {Meals.Eaten(m.Percent, m.IsDeclined)}", Permission.Observe)),
            .. status.Preferences.Select(p => ((StatusEntry)p, $"{p.Kind.Words()}: {p.Words}", Permission.Observe)),
            .. status.Baselines.Select(b =>
                ((StatusEntry)b, $"Baseline of {b.Domain.Words()}: {Behavior.Words(b.Intensity)}", Permission.SetBaseline)
            ),
            .. status.Precautions.SelectMany(Of).Select(p => (p.Entry, p.Words, Permission.KeepPrecautions)),
        ];

    private static IEnumerable<(StatusEntry Entry, string Words)> Of(Precaution precaution) =>
        [
            (precaution, $"{precaution.Words()} precaution started"),
            .. precaution.Reviews.Select(r => ((StatusEntry)r, $"{precaution.Words()} precaution reviewed")),
            .. precaution.Ended is { } end
                ? [((StatusEntry)end, $"{precaution.Words()} precaution ended")]
                : Array.Empty<(StatusEntry, string)>(),
        ];
}
