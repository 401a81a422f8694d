using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Handoff.Web.Units;

namespace Handoff.Api.Units;

/// <summary>Setting up a unit, part by part; each part is a version of its own.</summary>
public static class UnitEndpoints
{
    public static void MapUnits(this IEndpointRouteBuilder routes)
    {
        var setUp = routes.MapPages("/units/{unit}/set-up").RequirePermission(Permission.ConfigureUnit);
        setUp.MapGet(
            "",
            (string unit, string? saved, HttpContext context, Caller caller, UnitPages pages) => pages.SetUp(context, caller, unit, saved)
        );
        Part(setUp, "name", (form, unit) => new OpenUnit(form.Text("name"), form.Text("zone")) { Key = unit });
        Part(setUp, "beds", (form, unit) => new SetBeds(form.Lines("beds")) { Key = unit });
        Part(setUp, "shifts", (form, unit) => new SetShifts(Shifts(form)) { Key = unit });
        Part(setUp, "levels", (form, unit) => new SetLevels(Levels(form), form.One<ObservationLevel>("onAdmission")) { Key = unit });
        Part(setUp, "places", (form, unit) => new SetPlaces(form.Lines("places")) { Key = unit });
        Part(setUp, "handoff", (form, unit) => new SetHandoffTemplate(form.One<HandoffTemplate>("template")) { Key = unit });
        Part(setUp, "ladder", (form, unit) => new SetLadder(Rungs(form)) { Key = unit });
        Part(setUp, "pauses", (form, unit) => new SetPauseReasons(PauseForm.Read(form)) { Key = unit });
        Part(
            setUp,
            "watch",
            (form, unit) =>
                new SetWatchRules(Whole(form, "missesInARow"), Whole(form, "bathroomMinutes"), [.. form.Texts("bathrooms")]) { Key = unit }
        );

        var newUnit = routes.MapPages(Paths.NewUnit).RequirePermission(Permission.ConfigureUnit);
        newUnit.MapGet("", (HttpContext context, Caller caller, UnitPages pages) => pages.New(context, caller));
        newUnit.MapPost("", Open);
    }

    private static void Part(RouteGroupBuilder setUp, string part, Func<FormPost, string, ICommand> command) =>
        setUp.MapPost(
            part,
            async (string unit, HttpContext context, Caller caller, FormPost form, Log log, UnitPages pages) =>
                await log.State<Unit>(caller.Facility, unit, context.RequestAborted) is { } known && !known.IsOpen() ? Results.NotFound()
                : await log.Send(caller, form, command(form, unit)) is { IsRefused: true } refused
                    ? await pages.SetUp(context, caller, unit, null, part, refused)
                : Forms.SeeOther($"{Paths.SetUp(unit)}?saved={part}#part-{part}")
        );

    private static async Task<IResult> Open(HttpContext context, Caller caller, FormPost form, Log log, UnitPages pages)
    {
        var unit = form.Text("unit")?.Trim() ?? "";
        if ((await log.State<Unit>(caller.Facility, unit, context.RequestAborted)).IsOpen())
        {
            form.Wrong("unit", "There is a unit with that id already. Choose another.");
        }

        var handled = await log.Send(caller, form, new OpenUnit(form.Text("name"), form.Text("zone")) { Key = unit });
        return handled.IsRefused ? await pages.New(context, caller, handled) : Forms.SeeOther(Paths.SetUp(unit));
    }

    private static List<ShiftTime> Shifts(FormPost form)
    {
        if (ShiftText.Format(form.Takes("shifts").Text("pattern")) is { } known)
        {
            return [.. known];
        }

        var read = form.Lines("shifts").Select(line => (Line: line, Shift: ShiftText.Read(line))).ToList();
        if (read.FirstOrDefault(one => one.Shift is null).Line is { } unreadable)
        {
            form.Wrong(
                "shifts",
                $"Write “{(unreadable.Length > 40 ? unreadable[..40] + "…" : unreadable)}” as a name and two times, such as "
                    + "Night 23:00-07:00."
            );
        }

        return [.. read.Select(one => one.Shift).OfType<ShiftTime>()];
    }

    private static int? Whole(FormPost form, string field)
    {
        if (form.Text(field) is not null && form.Number(field) is null)
        {
            form.Wrong(field, "Write a whole number.");
        }

        return form.Number(field);
    }

    private static List<Rung> Rungs(FormPost form)
    {
        var told = EscalationLadder.MayAnswer.Where(role => form.Takes($"after-{role}").Text($"tell-{role}") == "yes").ToList();
        foreach (var role in told.Where(role => form.Number($"after-{role}") is null))
        {
            form.Wrong($"after-{role}", $"Say after how many minutes the {EscalationLadder.Called(role)} is told; 0 is at once.");
        }

        return [.. told.Select(role => new Rung(role, form.Number($"after-{role}") ?? 0))];
    }

    private static List<LocalLevel> Levels(FormPost form)
    {
        var used = Enum.GetValues<ObservationLevel>()
            .Where(level => form.Takes($"name-{level}", $"limit-{level}").Text($"use-{level}") == "yes")
            .ToList();
        foreach (var level in used.Where(level => form.Number($"limit-{level}") is null))
        {
            form.Wrong($"limit-{level}", $"Give {level.UsualName()} a limit in minutes.");
        }

        return [.. used.Select(level => new LocalLevel(level, form.Text($"name-{level}") ?? "", form.Number($"limit-{level}") ?? 0))];
    }
}
