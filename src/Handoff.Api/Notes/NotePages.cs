using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Notes;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Handoff.Web.Notes;

namespace Handoff.Api.Notes;

/// <summary>Pages about notes. Every one of them is a look at the patient's record.</summary>
public sealed class NotePages(Log log, NoteReader reader, StayPages stays)
{
    internal Task<IResult> All(HttpContext context, Caller caller, Guid stay, string? at) =>
        stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.Notes,
            async (frame, bedside) =>
            {
                var notes = await reader.ForStay(caller.Facility, stay, frame.AsOf, context.RequestAborted);
                return Forms.Page<NotesPage>(
                    new
                    {
                        PageContext = frame,
                        Bedside = bedside,
                        Notes = Latest(notes),
                    }
                );
            },
            at
        );

    internal async Task<IResult> One(HttpContext context, Caller caller, Guid id, string? act = null, FormResult? handled = null)
    {
        var note = await log.State<Note>(caller.Facility, id.ToString(), context.RequestAborted);
        return !note.IsKnown()
            ? Results.NotFound()
            : await stays.Show(
                context,
                caller,
                note.Stay,
                AccessPurpose.Notes,
                (frame, at) =>
                    Task.FromResult(
                        Forms.Page<NotePage>(
                            new
                            {
                                PageContext = frame,
                                Bedside = at,
                                Note = note,
                                Act = act,
                                handled?.SubmittedForm,
                            },
                            handled?.Status ?? StatusCodes.Status200OK
                        )
                    )
            );
    }

    internal static List<Note> Latest(IEnumerable<Note> notes) =>
        [.. notes.OrderByDescending(n => n.Versions[0].At).ThenByDescending(n => n.Versions[0].RecordedAt)];
}
