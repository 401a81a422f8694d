using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Notes;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Handoff.Web.Notes;

namespace Handoff.Api.Notes;

/// <summary>Signed notes about patients, and the reading of words while they are typed.</summary>
public static class NoteEndpoints
{
    public static void MapNotes(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Notes");
        api.MapPost("/wording", (Delegate)Words)
            .RequirePermission(
                Permission.WriteNote,
                Permission.HandOver,
                Permission.RecordCheck,
                Permission.WorkTasks,
                Permission.RaiseConcern,
                Permission.RecordIncident
            )
            .Accepts<WordingAsked>("application/json")
            .Produces<IReadOnlyList<WordingHint>>();
        api.MapGet("/stays/{stay:guid}/notes", All)
            .RequirePermission(Permission.ReadStay)
            .Produces<IReadOnlyList<Note>>()
            .ProducesProblem(404);

        var stay = routes.MapPages("/stays/{stay:guid}").RequirePermission(Permission.ReadStay);
        stay.MapGet(
            "/notes",
            (Guid stay, string? at, HttpContext context, Caller caller, NotePages pages) => pages.All(context, caller, stay, at)
        );
        stay.MapGet(
                "/note",
                (Guid stay, HttpContext context, Caller caller, StayPages pages) => pages.Form<WriteNotePage>(context, caller, stay)
            )
            .RequirePermission(Permission.WriteNote);
        stay.MapPost("/note", Sign).RequirePermission(Permission.WriteNote);

        var note = routes.MapPages("/notes/{note:guid}").RequirePermission(Permission.ReadStay);
        note.MapGet("", (Guid note, HttpContext context, Caller caller, NotePages pages) => pages.One(context, caller, note));
        Act(note, "addendum", (form, key) => new AddAddendum(form.Text("text")) { Key = key });
        Act(
            note,
            "correct",
            (form, key) => new CorrectNote(form.Text("corrected"), form.Text("reason")) { Key = key },
            ("text", "corrected")
        );
        Act(note, "strike", (form, key) => new StrikeNote(form.Text("errorReason")) { Key = key }, ("reason", "errorReason"));
    }

    private static void Act(
        RouteGroupBuilder note,
        string act,
        Func<FormPost, string, ICommand> command,
        params (string, string)[] renamed
    ) =>
        note.MapPost(
                act,
                async (Guid note, HttpContext context, Caller caller, FormPost form, Log log, NotePages pages) =>
                {
                    var handled = await log.Send(caller, form, command(form, note.ToString()), renamed);
                    var known = await log.State<Note>(caller.Facility, note.ToString(), context.RequestAborted);
                    return handled.IsRefused
                        ? await pages.One(context, caller, note, act, handled)
                        : Forms.SeeOther(Paths.Notes(known.Stay));
                }
            )
            .RequirePermission(Permission.WriteNote);

    private static async Task<IResult> Sign(
        Guid stay,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        StayPages pages,
        TimeProvider clock
    )
    {
        var where = (await log.State<Stay>(caller.Facility, stay.ToString(), context.RequestAborted)).Where()?.Unit ?? "";
        var time = (await log.State<Unit>(caller.Facility, where, context.RequestAborted)).Time();
        var command = new SignNote(stay, form.One<NoteKind>("kind"), form.Text("text"), form.Past("at", time, clock.GetUtcNow()))
        {
            Key = form.Request(caller, "note").ToString(),
        };
        var handled = await log.Send(caller, form, command);
        return handled.IsRefused ? await pages.Form<WriteNotePage>(context, caller, stay, handled) : Forms.SeeOther(Paths.Notes(stay));
    }

    /// <summary>Look through a text for words that say little or judge, before it is signed. Nothing of it is kept.</summary>
    private static async Task<IResult> Words(HttpContext context)
    {
        var (asked, problem) = await JsonBody.Read<WordingAsked>(context.Request, context.RequestAborted);
        return problem ?? Results.Ok(Wording.HintsFor(asked!.Text?.Length <= Note.TextLimit ? asked.Text : null));
    }

    /// <summary>The notes about a patient, with their corrections and addenda.</summary>
    private static async Task<IResult> All(
        Guid stay,
        string? at,
        Caller caller,
        Log log,
        NoteReader reader,
        AccessLog reads,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var (then, refusal) = Instant.Asked(at, clock);
        if (refusal is not null)
        {
            return refusal.Problem();
        }

        var unit = (await log.State<Stay>(caller.Facility, stay.ToString(), cancel)).Where()?.Unit;
        if (unit is null)
        {
            return Answers.Problem(404, "stay-unknown", "There is no such stay.", "stay");
        }

        if (!caller.Actor.WorksOn(unit))
        {
            return Answers.Problem(403, "unit-not-yours", "You are not assigned to that unit.");
        }

        await reads.Record(caller, then is null ? AccessPurpose.Notes : AccessPurpose.AsOf, unit, [stay], cancel);
        return Results.Ok(NotePages.Latest(await reader.ForStay(caller.Facility, stay, then, cancel)));
    }
}

/// <summary>A text whose words are looked at; nothing of it is kept.</summary>
public sealed record WordingAsked(string? Text = null);
