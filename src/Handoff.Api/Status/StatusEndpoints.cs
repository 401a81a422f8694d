using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Handoff.Web.Status;
using Microsoft.AspNetCore.Components;

namespace Handoff.Api.Status;

/// <summary>The forms that record how a patient is. Machines send the same commands to <c>/api/patient-status/…</c>.</summary>
public static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        var stays = routes.MapPages("/stays/{stay:guid}").RequirePermission(Permission.ReadStay);
        Form<ObservePage>(stays, "observe/{domain}", Observed, Permission.Observe, Domain);
        Form<BaselinePage>(stays, "baseline/{domain}", Usual, Permission.SetBaseline, Domain);
        Form<MealPage>(stays, "meal", Eaten, Permission.Observe);
        Form<ContactPage>(stays, "contact", Held, Permission.Observe);
        Form<AskToTalkPage>(stays, "talk", Asked, Permission.Observe);
        Form<PreferencePage>(stays, "preference", Preferred, Permission.Observe);
        Form<PrecautionPage>(stays, "precaution", Started, Permission.KeepPrecautions);
        Form<EndPrecautionPage>(stays, "precautions/{precaution:guid}/end", Ended, Permission.KeepPrecautions, OnePrecaution);
        Form<EntryErrorPage>(stays, "entries/{entry:guid}/error", TakenBack, Permission.Observe, Entry);
        stays.MapPost("precautions/{precaution:guid}/review", Review).RequirePermission(Permission.KeepPrecautions);
    }

    private static void Form<TPage>(
        RouteGroupBuilder stays,
        string act,
        Func<FormPost, StatusHere, ICommand> command,
        Permission may,
        Func<StatusHere, (string Name, object? Value)>? about = null
    )
        where TPage : IComponent
    {
        stays
            .MapGet(
                act,
                (Guid stay, HttpContext context, Caller caller, Log log, StayPages pages, TimeProvider clock) =>
                    Show<TPage>(stay, context, caller, log, pages, clock, about, null)
            )
            .RequirePermission(may);
        stays
            .MapPost(
                act,
                async (Guid stay, HttpContext context, Caller caller, FormPost form, Log log, StayPages pages, TimeProvider clock) =>
                {
                    var here = await StatusHere.ForRequest(stay, context, caller, log, clock);
                    var handled = await log.Send(
                        caller,
                        form,
                        command(form, here),
                        ("percent", "eaten"),
                        ("precaution", ""),
                        ("entry", ""),
                        ("domain", "")
                    );
                    return handled.IsRefused
                        ? await Show<TPage>(stay, context, caller, log, pages, clock, about, handled)
                        : Forms.SeeOther(Paths.Stay(here.Key));
                }
            )
            .RequirePermission(may);
    }

    private static async Task<IResult> Show<TPage>(
        Guid stay,
        HttpContext context,
        Caller caller,
        Log log,
        StayPages pages,
        TimeProvider clock,
        Func<StatusHere, (string Name, object? Value)>? about,
        FormResult? handled
    )
        where TPage : IComponent
    {
        var more = about?.Invoke(await StatusHere.ForRequest(stay, context, caller, log, clock));
        return more is { Value: null }
            ? Results.NotFound()
            : await pages.Form<TPage>(context, caller, stay, handled, more is { } one ? [one] : []);
    }

    private static async Task<IResult> Review(Guid stay, Guid precaution, HttpContext context, Caller caller, FormPost form, Log log)
    {
        var handled = await log.Send(caller, form, new ReviewPrecaution(precaution) { Key = stay.ToString() });
        return handled.Answer?.Refusal is { } refusal ? Failures.Refused(refusal) : Forms.SeeOther(Paths.Stay(stay.ToString()));
    }

    private static (string, object?) Domain(StatusHere here) => (nameof(ObservePage.Domain), here.Domain());

    private static (string, object?) Entry(StatusHere here) => (nameof(EntryErrorPage.Entry), here.Id("entry"));

    private static (string, object?) OnePrecaution(StatusHere here) =>
        (nameof(EndPrecautionPage.Precaution), here.Status.ActivePrecautions().FirstOrDefault(p => p.Id == here.Id("precaution")));

    private static ObserveBehavior Observed(FormPost form, StatusHere here) =>
        new(
            here.Domain(),
            form.Takes("descriptor").Text("other") ?? form.Text("descriptor"),
            form.Number("intensity"),
            form.Text("quote"),
            form.Past("at", here.Time, here.Now)
        )
        {
            Key = here.Key,
        };

    private static SetBaseline Usual(FormPost form, StatusHere here) =>
        new(here.Domain(), form.Number("intensity"), form.Text("descriptor")) { Key = here.Key };

    private static RecordMeal Eaten(FormPost form, StatusHere here) =>
        new(
            form.One<Meal>("meal"),
            form.Number("eaten"),
            form.Text("eaten") == MealPage.Declined,
            form.Text("remark"),
            form.Past("at", here.Time, here.Now)
        )
        {
            Key = here.Key,
        };

    private static HoldSupportiveContact Held(FormPost form, StatusHere here) =>
        new(form.Number("minutes"), form.Text("remark"), form.Past("at", here.Time, here.Now)) { Key = here.Key };

    private static AskToTalk Asked(FormPost form, StatusHere here) =>
        new(form.Text("words"), form.Past("at", here.Time, here.Now)) { Key = here.Key };

    private static RecordPreference Preferred(FormPost form, StatusHere here) =>
        new(form.One<PreferenceKind>("kind"), form.Text("words")) { Key = here.Key };

    private static StartPrecaution Started(FormPost form, StatusHere here) =>
        new(form.One<PrecautionKind>("kind"), form.Text("reason"), form.Text("name"), form.Past("at", here.Time, here.Now))
        {
            Key = here.Key,
        };

    private static EndPrecaution Ended(FormPost form, StatusHere here) =>
        new(here.Id("precaution"), form.Text("reason")) { Key = here.Key };

    private static TakeBackEntry TakenBack(FormPost form, StatusHere here) => new(here.Id("entry"), form.Text("reason")) { Key = here.Key };
}
