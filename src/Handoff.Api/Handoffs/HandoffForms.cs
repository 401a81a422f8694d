using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Handoffs;
using Handoff.Web.Incidents;
using Handoff.Web.Layout;

namespace Handoff.Api.Handoffs;

/// <summary>The page on which handoffs are written, given, read back and accepted, and what its forms post to.</summary>
internal static class HandoffForms
{
    public static void MapHandoffForms(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapPages("/units/{unit}/handoff").RequirePermission(Permission.ReadBoard);
        pages.MapGet(
            "",
            (
                string unit,
                Guid? stay,
                Guid? accepted,
                HandoffWindow? window,
                string? at,
                HttpContext context,
                Caller caller,
                HandoffPages of
            ) => of.ForUnit(context, caller, unit, stay, window ?? HandoffWindow.Shift, accepted: accepted, at: at)
        );
        pages.MapGet(
            "/print",
            (string unit, HandoffWindow? window, string? at, HttpContext context, Caller caller, HandoffPages of) =>
                of.Print(context, caller, unit, window ?? HandoffWindow.Shift, at)
        );
        pages
            .MapGet(
                "/huddle",
                (string unit, Guid? stay, HttpContext context, Caller caller, HandoffPages of) => of.Huddle(context, caller, unit, stay)
            )
            .RequirePermission(Permission.HandOver);

        var forms = routes.MapPages("/units/{unit}/handoff").RequirePermission(Permission.HandOver);
        forms.MapPost("/submit", GiveAll);
        pages
            .MapGet(
                "/look",
                (string unit, Guid? after, HttpContext context, Caller caller, HandoffPages of) => of.OneByOne(context, caller, unit, after)
            )
            .RequirePermission(Permission.HandOver);
        forms.MapPost("/{stay:guid}/stable", JudgeStable);
        forms.MapPost("/add", Add);
        forms.MapPost("/close", Close);
        forms.MapPost("/huddle", Turn);
        forms.MapPost("/{stay:guid}/submit", Give);
        Act(forms, "severity", (form, key) => new JudgeSeverity(form.One<IllnessSeverity>("severity")) { Key = key });
        Act(forms, "words", (form, key) => new WriteHandoff(form.One<HandoffSection>("section"), form.Text("words")) { Key = key });
        Act(forms, "defer", (form, key) => new DeferLoop(form.Text("loop"), form.Text("reason")) { Key = key });
        Act(forms, "reown", (form, key) => new ReownLoop(form.Text("loop"), Person(form), Shift(form)) { Key = key });
        Receive(
            forms,
            "read-back",
            async (form, handing, caller, stay, cancel) => await handing.ReadBack(caller, stay, form.Text("words"), cancel)
        );
        Act(forms, "answer-read-back", (form, key) => new AnswerReadBack(form.Id("readBack"), form.Text("correction")) { Key = key });
        Act(forms, "ask", (form, key) => new AskHandoff(form.Text("question")) { Key = key });
        Act(forms, "answer", (form, key) => new AnswerHandoff(form.Id("question"), form.Text("words")) { Key = key });
        Receive(
            forms,
            "accept",
            async (form, handing, caller, stay, cancel) => await handing.Acceptance(caller, stay, form.Text("shift"), cancel)
        );
        Act(forms, "decline", (form, key) => new DeclineHandoff(form.Text("reason")) { Key = key });
        Act(forms, "take", (form, key) => new TakePatient(form.Text("shift")) { Key = key });
        forms.MapContingencies();
        Act(forms, "take-over", (form, key) => new TakeOver(form.Text("reason")) { Key = key });
    }

    /// <summary>Somebody chosen on a shift is sent as <c>shift|person</c>.</summary>
    internal static string? Person(FormPost form) => form.Text("person")?.Split('|', 2) is [_, var person] ? person : null;

    internal static string? Shift(FormPost form) => form.Text("person")?.Split('|', 2)[0];

    internal static void Act(RouteGroupBuilder forms, string act, Func<FormPost, string, ICommand> command) =>
        forms.MapPost(
            "/{stay:guid}/" + act,
            async (string unit, Guid stay, HttpContext context, Caller caller, FormPost form, Log log, HandoffPages pages) =>
                await Done(
                    unit,
                    stay,
                    act,
                    context,
                    caller,
                    form,
                    await log.Send(caller, form.Takes("window", "back"), command(form, stay.ToString())),
                    pages
                )
        );

    private static void Receive(
        RouteGroupBuilder forms,
        string act,
        Func<FormPost, HandoffActions, Caller, Guid, CancellationToken, Task<ICommand>> command
    ) =>
        forms.MapPost(
            "/{stay:guid}/" + act,
            async (
                string unit,
                Guid stay,
                HttpContext context,
                Caller caller,
                FormPost form,
                Log log,
                HandoffActions handing,
                HandoffPages pages
            ) =>
                await Done(
                    unit,
                    stay,
                    act,
                    context,
                    caller,
                    form,
                    await log.Send(
                        caller,
                        form.Takes("window", "back"),
                        await command(form, handing, caller, stay, context.RequestAborted)
                    ),
                    pages
                )
        );

    private static async Task<IResult> Give(
        string unit,
        Guid stay,
        HttpContext context,
        Caller caller,
        FormPost form,
        HandoffActions handing,
        HandoffPages pages
    )
    {
        var (seen, window) = Given(form);
        var answer = await handing.Give(caller, stay, seen, window, form.Request(caller), context.RequestAborted);
        return answer is null
            ? Results.NotFound()
            : await Done(unit, stay, "submit", context, caller, form, Forms.Handled(answer, form), pages);
    }

    internal static Task<IResult> Done(
        string unit,
        Guid stay,
        string act,
        HttpContext context,
        Caller caller,
        FormPost form,
        FormResult handled,
        HandoffPages pages
    ) =>
        handled switch
        {
            _ when context.Request.IsFromScript() => Task.FromResult(
                handled.Answer?.Result() ?? Answers.Problem(handled.Status, "form-unreadable", handled.SubmittedForm!.Errors[0].Words)
            ),
            { IsRefused: true } => pages.ForUnit(
                context,
                caller,
                unit,
                stay,
                Window(form),
                $"{act}{form.Text("loop")}{form.Text("contingency")}",
                handled
            ),
            _ => Task.FromResult(Forms.SeeOther(Back(unit, stay, act, form))),
        };

    private static string Back(string unit, Guid stay, string act, FormPost form) =>
        form.Text("back") switch
        {
            "huddle" => Paths.Huddle(unit),
            "stay" => Paths.Stay(stay.ToString()),
            { } back
                when back.StartsWith("incident/", StringComparison.Ordinal)
                    && Guid.TryParse(back["incident/".Length..], out var incident) => IncidentPaths.ForIncident(unit, incident),
            _ when act == "accept" => $"{Paths.Handoff(unit)}?accepted={stay}",
            _ => HandoffPaths.ForStay(unit, stay, Window(form)),
        };

    // Whoever isn't ready is refused and stays as they were; the page shows it.
    private static async Task<IResult> GiveAll(
        string unit,
        HttpContext context,
        Caller caller,
        FormPost form,
        HandoffReader handoffs,
        HandoffActions handing
    )
    {
        var (seen, window) = Given(form);
        var ready = await Mine(unit, caller, handoffs, HandoffStanding.Ready, context.RequestAborted);
        foreach (var stay in ready)
        {
            await handing.Give(caller, stay, seen, window, form.Request(caller, stay.ToString()), context.RequestAborted);
        }

        return Forms.SeeOther(Paths.Handoff(unit));
    }

    // One who was looked at. Who has come to need a closer look since the page was drawn is judged on their own page.
    private static async Task<IResult> JudgeStable(
        string unit,
        Guid stay,
        HttpContext context,
        Caller caller,
        FormPost form,
        HandoffReader handoffs,
        Log log
    )
    {
        form.RefuseOthers();
        var patient = (await handoffs.ForUnit(caller.Facility, unit, context.RequestAborted))?.Patient(stay);
        if (patient is not { CloserLook.Count: 0 })
        {
            return Forms.SeeOther(Paths.Handoff(unit, stay));
        }

        var handled = await log.Send(caller, form, new JudgeSeverity(IllnessSeverity.Stable) { Key = stay.ToString() });
        return handled.Answer?.Refusal is { } refusal ? Failures.Refused(refusal) : Forms.SeeOther(Paths.HandoffLook(unit, stay));
    }

    private static async Task<IResult> Add(string unit, HttpContext context, Caller caller, FormPost form, Log log, HandoffPages pages)
    {
        var stay = form.Id("stay") ?? Guid.Empty;
        var handled = await log.Send(caller, form, new AddToHandoff(form.Text("words")) { Key = stay.ToString() });
        return handled.IsRefused
            ? await pages.ForUnit(context, caller, unit, null, HandoffWindow.Shift, "add", handled)
            : Forms.SeeOther(Paths.Handoff(unit));
    }

    // Said once, for each patient whom one gave.
    private static async Task<IResult> Close(
        string unit,
        HttpContext context,
        Caller caller,
        FormPost form,
        HandoffReader handoffs,
        Log log
    )
    {
        form.RefuseOthers();
        foreach (
            var patient in (await handoffs.ForUnit(caller.Facility, unit, context.RequestAborted))?.AcceptedOf(caller.Staff.Id).ToList()
                ?? []
        )
        {
            var key = patient.Stay.ToString();
            await log.Send(caller, form, new CloseHandoff { Key = key }, key);
        }

        return Forms.SeeOther(Paths.Handoff(unit));
    }

    private static async Task<IResult> Turn(string unit, HttpContext context, Caller caller, FormPost form, Log log)
    {
        ICommand command =
            form.Takes("stay").Text("act") == "end"
                ? new EndHuddle { Key = form.Text("shift") ?? "" }
                : new TurnHuddle(form.Id("stay")) { Key = form.Text("shift") ?? "" };
        var handled = await log.Send(caller, form, command);
        return handled.Answer?.Refusal is { } refusal ? Failures.Refused(refusal) : Forms.SeeOther(Paths.Huddle(unit));
    }

    private static async Task<List<Guid>> Mine(
        string unit,
        Caller caller,
        HandoffReader handoffs,
        HandoffStanding standing,
        CancellationToken cancel
    ) =>
        [
            .. (await handoffs.ForUnit(caller.Facility, unit, cancel))
                ?.GivenBy(caller.Staff.Id)
                .Where(p => p.Standing == standing)
                .Select(p => p.Stay)
                ?? [],
        ];

    private static HandoffWindow Window(FormPost form) => form.One<HandoffWindow>("window") ?? HandoffWindow.Shift;

    private static (long? Seen, HandoffWindow Window) Given(FormPost form)
    {
        var given = (Seen(form), Window(form));
        form.RefuseOthers();
        return given;
    }

    private static long? Seen(FormPost form) => long.TryParse(form.Text("watermark"), out var position) ? position : null;
}
