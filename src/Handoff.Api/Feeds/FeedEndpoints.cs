using Handoff.Api.Access;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Mllp;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;
using Handoff.Web.Layout;

namespace Handoff.Api.Feeds;

/// <summary>
/// The pages on which a manager sets up the feeds: whose numbers they use, what becomes of their events, and which clock they mean.
/// </summary>
public static class FeedEndpoints
{
    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        var feeds = routes.MapPages(Paths.Feeds).RequirePermission(Permission.ConfigureFacility);
        feeds.MapGet("", (Guid? revoked, HttpContext context, Caller caller, FeedSetUpPages pages) => pages.List(context, caller, revoked));
        feeds.MapPost("", Know);
        feeds.MapGet("/try", (HttpContext context, Caller caller, FeedSetUpPages pages) => pages.Try(context, caller, null));
        feeds.MapPost(
            "/try",
            (HttpContext context, Caller caller, FormPost form, FeedSetUpPages pages) => pages.Try(context, caller, form)
        );
        feeds.MapGet(
            "/{feed:guid}",
            (Guid feed, string? saved, HttpContext context, Caller caller, FeedSetUpPages pages) => pages.One(context, caller, feed, saved)
        );
        Part(
            feeds,
            "numbers",
            form => new SetFeedNumbers(
                Codes(form, "types"),
                form.Text("home"),
                Names(form, "authorities", (name, means) => new AuthorityName(name, means)),
                form.One<VisitField>("visits")
            )
        );
        Part(
            feeds,
            "places",
            form => new SetFeedPlaces(
                Names(form, "places", (name, means) => new PlaceName(name, means)),
                form.One<FeedAction>("elsewhere"),
                Codes(form, "outpatients")
            )
        );
        Part(feeds, "facility", form => new SetFeedFacility(form.Lines("names")));
        Part(feeds, "rules", form => new SetFeedRules(Rules(form), Codes(form, "processing")));
        Part(feeds, "clock", form => new SetFeedClock(form.Text("zone")));
    }

    private static void Part(RouteGroupBuilder feeds, string part, Func<FormPost, Command<Feed>> command) =>
        feeds.MapPost(
            $"/{{feed:guid}}/{part}",
            async (Guid feed, HttpContext context, Caller caller, FormPost form, Log log, FeedSetUpPages pages) =>
            {
                var handled = await log.Send(caller, form, command(form) with { Key = feed.ToString() });
                return handled.IsRefused
                    ? await pages.One(context, caller, feed, null, part, handled)
                    : Forms.SeeOther($"{Paths.Feed(feed)}?saved={part}#part-{part}");
            }
        );

    private static async Task<IResult> Know(HttpContext context, Caller caller, FormPost form, Log log, FeedSetUpPages pages)
    {
        var (application, facility) = (Text.Line(form.Text("application")) ?? "", Text.Line(form.Text("facility")) ?? "");
        var key = Feed.KeyOf(application, facility);
        var handled = await log.Send(caller, form, new KnowFeed(application, facility) { Key = key.ToString() });
        return handled.IsRefused ? await pages.List(context, caller, null, handled) : Forms.SeeOther(Paths.Feed(key));
    }

    private static string[] Codes(FormPost form, string field) =>
        (form.Text(field) ?? "").Split(
            [',', ';', ' ', '\r', '\n', '\t'],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );

    // One per line, as a name, an equals sign and what it means.
    private static List<T> Names<T>(FormPost form, string field, Func<string, string, T> of)
    {
        var read = form.Lines(field).Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries)).ToList();
        if (read.Find(parts => parts is not [{ Length: > 0 }, { Length: > 0 }]) is { } unreadable)
        {
            form.Wrong(
                field,
                $"Write “{(unreadable[0].Length > 40 ? unreadable[0][..40] + "…" : unreadable[0])}” as a name, = and what it means."
            );
        }

        return [.. read.Where(parts => parts is [{ Length: > 0 }, { Length: > 0 }]).Select(parts => of(parts[0], parts[1]))];
    }

    private static List<FeedRule> Rules(FormPost form) =>
        [
            .. FeedTrigger
                .All.Select(trigger => trigger.Code)
                .Append(FeedTrigger.Other)
                .Select(code => (Code: code, Action: form.One<FeedAction>($"rule-{code}")))
                .Where(rule => rule.Action is not null)
                .Select(rule => new FeedRule(rule.Code, rule.Action!.Value)),
        ];
}
