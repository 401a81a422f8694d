using System.Text.RegularExpressions;
using Handoff.Domain.Groups;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;

namespace Handoff.Honesty;

/// <summary>
/// Which entries no longer stand. Every event by which somebody takes an earlier one back or puts it right is written down here by hand,
/// beside what it names; a new one that is not here is found by <see cref="Forgotten"/>.
/// </summary>
internal static partial class RawStrikes
{
    public static IEnumerable<Guid> In(RawLog log)
    {
        var first = log.Facts.GroupBy(f => f.Recorded.Stream).ToDictionary(g => g.Key, g => g.First().Recorded.Id);
        var notes = new Dictionary<string, List<Guid>>();
        foreach (var fact in log.Facts.Select(f => f.Recorded))
        {
            if (Named(fact.Event) is { } entry)
            {
                yield return entry;
            }

            // A note reads as it was signed or corrected last; in error, none of it stands.
            var versions = notes.TryGetValue(fact.Stream, out var known) ? known : notes[fact.Stream] = [];
            if (fact.Event is NoteCorrected or NoteEnteredInError)
            {
                foreach (var version in versions)
                {
                    yield return version;
                }

                versions.Clear();
            }

            if (fact.Event is NoteSigned or NoteCorrected)
            {
                versions.Add(fact.Id);
            }
        }
    }

    public static IEnumerable<Guid> InError(RawLog log) =>
        log.Facts.Select(f => f.Recorded.Event).Where(e => e is not AttendanceCorrected).Select(Named).OfType<Guid>();

    /// <summary>Stored names that read like taking back or putting right, and that nobody has thought of here.</summary>
    public static IEnumerable<string> Forgotten(EventTypeRegistry names) =>
        names.Events.Keys.Where(name => Reads().IsMatch(name)).Except(Known).Order(StringComparer.Ordinal);

    private static readonly string[] Known =
    [
        "check_entered_in_error",
        "status_entry_taken_back",
        "decision_taken_back",
        "incident_step_entered_in_error",
        "incident_step_corrected",
        "attendance_entered_in_error",
        "attendance_corrected",
        "note_corrected",
        "note_entered_in_error",
        // These end or undo something that was so, and stand as entries of their own; the patient's details have one current version.
        "admission_cancelled",
        "transfer_cancelled",
        "discharge_cancelled",
        "group_cancelled",
        "details_corrected",
        "task_withdrawn",
        "contingency_withdrawn",
        "evidence_source_revoked",
        "feed_key_revoked",
    ];

    private static Guid? Named(Event happened) =>
        happened switch
        {
            CheckEnteredInError e => e.Check,
            StatusEntryTakenBack e => e.Entry,
            DecisionTakenBack e => e.Decision,
            IncidentStepEnteredInError e => e.Step,
            AttendanceEnteredInError e => e.Entry,
            AttendanceCorrected e => e.Corrects,
            _ => null,
        };

    [GeneratedRegex("in_error|taken_back|corrected|cancelled|withdrawn|struck|revoked|undone|retracted", RegexOptions.NonBacktracking)]
    private static partial Regex Reads();
}
