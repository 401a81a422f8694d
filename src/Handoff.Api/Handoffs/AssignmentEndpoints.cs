using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Web.Layout;
using Microsoft.EntityFrameworkCore;

namespace Handoff.Api.Handoffs;

/// <summary>Who is on, who is in charge, and who has which patients.</summary>
internal static class AssignmentEndpoints
{
    public static void MapAssignments(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapPages("/units/{unit}/assignments").RequirePermission(Permission.HandOver);
        pages.MapGet(
            "",
            async (string unit, string? to, HttpContext context, Caller caller, HandoffPages of, AccessContext accounts) =>
                await of.Assignments(context, caller, unit, await Workers(accounts, caller, unit, context.RequestAborted), to)
        );
        pages.MapPost(
            "/on",
            (string unit, HttpContext context, Caller caller, FormPost form, Log log, HandoffPages of, AccessContext accounts) =>
                Do(
                    unit,
                    context,
                    caller,
                    form,
                    log,
                    of,
                    accounts,
                    people =>
                        [new ComeOn(form.Text("who") is { } who ? people.Find(p => p.Id == who) : null) { Key = form.Text("shift") ?? "" }]
                )
        );
        pages.MapPost(
            "/off",
            (string unit, HttpContext context, Caller caller, FormPost form, Log log, HandoffPages of, AccessContext accounts) =>
                Do(
                    unit,
                    context,
                    caller,
                    form,
                    log,
                    of,
                    accounts,
                    _ => [new GoOff(form.Text("person"), form.Text("reason")) { Key = form.Text("shift") ?? "" }]
                )
        );
        pages.MapPost(
            "/charge",
            (string unit, HttpContext context, Caller caller, FormPost form, Log log, HandoffPages of, AccessContext accounts) =>
                Do(unit, context, caller, form, log, of, accounts, _ => [new TakeCharge { Key = unit }])
        );
        pages.MapPost(
            "/assign",
            (string unit, HttpContext context, Caller caller, FormPost form, Log log, HandoffPages of, AccessContext accounts) =>
                Do(
                    unit,
                    context,
                    caller,
                    form,
                    log,
                    of,
                    accounts,
                    _ =>
                        [
                            .. form.Ids("stays")
                                .Select(stay => new AssignPatient(HandoffForms.Person(form), HandoffForms.Shift(form))
                                {
                                    Key = stay.ToString(),
                                }),
                        ]
                )
        );
    }

    private static async Task<IResult> Do(
        string unit,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        HandoffPages of,
        AccessContext accounts,
        Func<List<Staff>, List<ICommand>> commands
    )
    {
        var people = await Workers(accounts, caller, unit, context.RequestAborted);
        var all = commands(people);
        form.Takes("person").RefuseOthers();
        foreach (var command in all)
        {
            if (await log.Send(caller, form, command, command.Stream) is { IsRefused: true } refused)
            {
                return await of.Assignments(context, caller, unit, people, form.Text("person"), refused.SubmittedForm, refused.Status);
            }
        }

        return Forms.SeeOther(Paths.Assignments(unit) + QueryString.Create("to", form.Text("person") ?? ""));
    }

    /// <summary>Everybody with an account who works on the unit and may have patients.</summary>
    internal static async Task<List<Staff>> Workers(AccessContext accounts, Caller caller, string unit, CancellationToken cancel) =>
        [
            .. (
                await accounts
                    .People.AsNoTracking()
                    .Where(p => p.Facility == caller.Facility && p.Ended == null)
                    .OrderBy(p => p.Name)
                    .ToListAsync(cancel)
            )
                .Where(p => Permission.HandOver.Usual.Contains(p.Role) && (p.Units is null || p.Units.Contains(unit)))
                .Select(p => p.AsStaff()),
        ];
}
