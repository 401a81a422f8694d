using Handoff.Api.Access;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Notices;
using Handoff.Api.Observations;
using Handoff.Api.Training;
using Handoff.Api.Units;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Antiforgery;

namespace Handoff.Api;

/// <summary>Makes the frame that a page is rendered in: who looks, where, and when.</summary>
public sealed class PageContexts(
    IAntiforgery antiforgery,
    UnitReader units,
    HeldMessages held,
    PageNotices notices,
    RoundQuestionCount questions,
    IServiceProvider services,
    TimeProvider clock
)
{
    /// <param name="unit">The unit that the page is about, if it is one of the caller's.</param>
    /// <param name="page">The page that asks for a part of itself; the request's own path if none is given.</param>
    public async Task<PageContext> ForRequest(
        HttpContext context,
        Caller caller,
        string? unit,
        CancellationToken cancel,
        string? page = null
    )
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        var mine = await units.ForCaller(caller, cancel);
        var now = clock.GetUtcNow();
        return new()
        {
            Now = now,
            Training = services.GetService<TrainingClock>()?.Words(),
            Path = page ?? context.Request.Path,
            NewRequest = Guid.CreateVersion7,
            Nonce = SafeHeaders.Nonce(context),
            Antiforgery = new(tokens.FormFieldName, tokens.RequestToken!),
            Viewer = new(caller.Staff.Id, caller.Staff.Name, caller.Staff.Role, caller.Actor.Permissions),
            Place = mine.FirstOrDefault(u => u.Id == unit) is { } place ? Where(place, now) : null,
            Units = [.. mine.Select(u => new UnitLink(u.Id, u.Name!))],
            FacilityTime = mine.FirstOrDefault()?.Time() ?? UnitTime.Utc,
            FeedProblems = caller.Actor.May(Permission.MendFeed) ? (int)await held.Count(caller.Facility, cancel) : 0,
            RoundQuestions =
                unit is not null && caller.Actor.May(Permission.AskAboutRounds) && caller.Actor.WorksOn(unit)
                    ? questions.OnUnit(caller.Facility, unit)
                    : 0,
            Notices = PageNotices.AreFor(caller) ? () => notices.ForCaller(caller, mine, page ?? context.Request.Path, cancel) : null,
        };
    }

    private static Place Where(Unit unit, DateTimeOffset now) =>
        new(
            unit.Id,
            unit.Name!,
            unit.Time(),
            unit.ShiftAt(now) is { } shift ? $"{shift.Name} {unit.Time().Clock(shift.Starts)}–{unit.Time().Clock(shift.Ends)}" : null
        );
}
