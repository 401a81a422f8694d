using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using Handoff.Web.Layout;

namespace Handoff.Api.Tasks;

/// <summary>Tasks of a unit and its patients: the list, one task, and the forms that raise, take, finish, defer and pass on.</summary>
public static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/units/{unit}/tasks", Open)
            .WithTags("Tasks")
            .RequirePermission(Permission.ReadBoard)
            .Produces<IReadOnlyList<OpenTask>>()
            .ProducesProblem(404);

        var unit = routes.MapPages("/units/{unit}/tasks").RequirePermission(Permission.ReadBoard);
        unit.MapGet("", (string unit, HttpContext context, Caller caller, TaskPages pages) => pages.ForUnit(context, caller, unit));
        unit.MapGet("/new", (string unit, HttpContext context, Caller caller, TaskPages pages) => pages.New(context, caller, unit))
            .RequirePermission(Permission.WorkTasks);
        unit.MapPost("/new", RaiseForUnit).RequirePermission(Permission.WorkTasks);

        var stay = routes
            .MapPages("/stays/{stay:guid}/task")
            .RequirePermission(Permission.ReadStay)
            .RequirePermission(Permission.WorkTasks);
        stay.MapGet(
            "",
            (Guid stay, Guid? from, HttpContext context, Caller caller, TaskPages pages) => pages.New(context, caller, stay, from)
        );
        stay.MapPost("", RaiseForPatient);

        var task = routes.MapPages("/tasks/{task:guid}").RequirePermission(Permission.ReadBoard);
        task.MapGet("", (Guid task, HttpContext context, Caller caller, TaskPages pages) => pages.One(context, caller, task));
        Act(task, "take", null, (_, _, key) => new TakeTask { Key = key });
        Act(task, "done", "done", (form, _, key) => new FinishTask(form.Text("outcome")) { Key = key });
        Act(
            task,
            "defer",
            "defer",
            (form, at, key) => new DeferTask(Time(form, "until", at), form.Takes("why").Text("reason") ?? form.Text("why")) { Key = key }
        );
        Act(
            task,
            "reown",
            "reown",
            (form, at, key) => new ReownTask(at.Owner(form.Text("owner")), form.Text("passReason")) { Key = key },
            ("reason", "passReason")
        );
    }

    private static void Act(
        RouteGroupBuilder task,
        string act,
        string? formOf,
        Func<FormPost, TaskForm, string, ICommand> command,
        params (string, string)[] renamed
    ) =>
        task.MapPost(
                act,
                async (Guid task, HttpContext context, Caller caller, FormPost form, Log log, TaskPages pages) =>
                {
                    var known = await log.State<CareTask>(caller.Facility, task.ToString(), context.RequestAborted);
                    var at = await pages.FormOf(caller, known.Unit ?? "", context.RequestAborted);
                    var handled = await log.Send(caller, form.Takes("back"), command(form, at, task.ToString()), renamed);
                    return handled.IsRefused ? await pages.One(context, caller, task, formOf, handled) : Forms.SeeOther(Back(form, known));
                }
            )
            .RequirePermission(Permission.WorkTasks);

    private static string Back(FormPost form, CareTask task) =>
        form.Text("back") == "stay" && task.Stay is { } stay ? Paths.Stay(stay.ToString()) : Paths.Tasks(task.Unit!);

    private static async Task<IResult> RaiseForUnit(
        string unit,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        TaskPages pages
    )
    {
        var at = await pages.FormOf(caller, unit, context.RequestAborted);
        var handled = await log.Send(caller, form, Raised(form, at, caller) with { Unit = unit });
        return handled.IsRefused ? await pages.New(context, caller, unit, handled) : Forms.SeeOther(Paths.Tasks(unit));
    }

    private static async Task<IResult> RaiseForPatient(
        Guid stay,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        TaskPages pages
    )
    {
        var unit = (await log.State<Stay>(caller.Facility, stay.ToString(), context.RequestAborted)).Where()?.Unit ?? "";
        var at = await pages.FormOf(caller, unit, context.RequestAborted);
        var from = form.Id("from");
        var handled = await log.Send(caller, form, Raised(form, at, caller) with { Stay = stay, From = from is null ? null : new(from) });
        return handled.IsRefused ? await pages.New(context, caller, stay, from, handled) : Forms.SeeOther(Paths.Stay(stay.ToString()));
    }

    // The form's own request is the task's id, so a form that is sent twice raises one task.
    private static RaiseTask Raised(FormPost form, TaskForm at, Caller caller) =>
        new(form.Text("text"), at.Owner(form.Text("owner")), Time(form, "due", at)) { Key = form.Request(caller, "task").ToString() };

    private static DateTimeOffset? Time(FormPost form, string field, TaskForm at) =>
        form.Takes(field).Moment(field + "Day", field + "At", at.Unit.Time(), at.Now) ?? form.Instant(field);

    /// <summary>What is to be done on a unit, the most urgent first.</summary>
    private static async Task<IResult> Open(string unit, Caller caller, TaskPages pages, CancellationToken cancel) =>
        await pages.Lines(caller, unit, cancel) is { } lines
            ? Results.Ok(lines.Select(line => OpenTask.FromTask(line.Task, pages.Now())))
            : Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
}
