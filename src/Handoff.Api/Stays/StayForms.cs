using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace Handoff.Api.Stays;

/// <summary>Forms and buttons about one patient, each with the command that it sends.</summary>
internal static class StayForms
{
    public static void Form<TPage>(
        this RouteGroupBuilder stays,
        string act,
        Func<FormPost, StayHere, ICommand> command,
        Permission may,
        params Permission[] or
    )
        where TPage : IComponent
    {
        stays
            .MapGet(act, (Guid stay, HttpContext context, Caller caller, StayPages pages) => pages.Form<TPage>(context, caller, stay))
            .RequirePermission(may, or);
        stays
            .MapPost(
                act,
                (Guid stay, HttpContext context, Caller caller, FormPost form, Log log, StayPages pages, TimeProvider clock) =>
                    Send(
                        stay,
                        context,
                        caller,
                        form,
                        log,
                        clock,
                        command,
                        handled =>
                            handled.IsRefused
                                ? pages.Form<TPage>(context, caller, stay, handled)
                                : Task.FromResult(
                                    Forms.SeeOther(Paths.Stay(stay.ToString()) + (act == "discharge" ? "?discharged=true" : ""))
                                )
                    )
            )
            .RequirePermission(may, or);
    }

    public static void Button(this RouteGroupBuilder stays, string act, Func<FormPost, StayHere, ICommand> command, Permission may) =>
        stays
            .MapPost(
                act,
                (Guid stay, HttpContext context, Caller caller, FormPost form, Log log, TimeProvider clock) =>
                    Send(
                        stay,
                        context,
                        caller,
                        form,
                        log,
                        clock,
                        command,
                        handled =>
                            Task.FromResult(
                                handled.Answer?.Refusal is { } refusal
                                    ? Failures.Refused(refusal)
                                    : Forms.SeeOther(Paths.Stay(stay.ToString()))
                            )
                    )
            )
            .RequirePermission(may);

    private static async Task<IResult> Send(
        Guid stay,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        TimeProvider clock,
        Func<FormPost, StayHere, ICommand> command,
        Func<FormResult, Task<IResult>> answer
    )
    {
        var known = await log.State<Stay>(caller.Facility, stay.ToString(), context.RequestAborted);
        var unit = await log.State<Unit>(caller.Facility, known.Where()?.Unit ?? "", context.RequestAborted);
        return await answer(
            await log.Send(caller, form, command(form, new(stay.ToString(), unit.Time(), clock.GetUtcNow())), ("unit", "bed"))
        );
    }
}

/// <summary>What a form about a patient was sent about, and when.</summary>
internal sealed record StayHere(string Key, UnitTime Time, DateTimeOffset Now);
