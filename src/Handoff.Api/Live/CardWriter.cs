using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Units;
using Handoff.Web.Boards;
using Handoff.Web.Layout;
using Handoff.Web.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Handoff.Api.Live;

/// <summary>Writes cards as pages show them: once for an audience, however many watch.</summary>
public sealed class CardWriter(IServiceProvider services, ILoggerFactory loggers)
{
    /// <returns>The cards in the order in which they were given; one that has gone is not written.</returns>
    public async Task<List<PageCard>> Write(Audience audience, Unit unit, DateTimeOffset now, IEnumerable<BoardCard> cards)
    {
        var frame = Frame(audience, unit, now);
        var written = new List<PageCard>();
        await using var renderer = new HtmlRenderer(services, loggers);
        foreach (var card in cards)
        {
            var html =
                card.IsGone || !audience.IsWritten
                    ? null
                    : await renderer.Dispatcher.InvokeAsync(() => Html(renderer, audience, frame, card));
            written.Add(new(card.Stay, card.Version, card.IsGone, html));
        }

        return written;
    }

    private static async Task<string> Html(HtmlRenderer renderer, Audience audience, PageContext frame, BoardCard card) =>
        (
            audience.View switch
            {
                CardView.Board => await Render<BoardCardFragment>(renderer, frame, card),
                CardView.Rounds => await Render<RoundFragment>(renderer, frame, card),
                CardView.NamedWall => await Render<NamedWallCardFragment>(renderer, frame, card),
                _ => await Render<WallCardFragment>(renderer, frame, WallCard.FromCard(card)),
            }
        ).ToHtmlString();

    private static Task<Microsoft.AspNetCore.Components.Web.HtmlRendering.HtmlRootComponent> Render<T>(
        HtmlRenderer renderer,
        PageContext frame,
        object card
    )
        where T : IComponent =>
        renderer.RenderComponentAsync<T>(
            ParameterView.FromDictionary(new Dictionary<string, object?> { ["PageContext"] = frame, ["Card"] = card })
        );

    // Nobody in particular: of those who look, only whether they may record checks makes a card another.
    private static PageContext Frame(Audience audience, Unit unit, DateTimeOffset now) =>
        new()
        {
            Now = now,
            Path = Paths.Board(unit.Id),
            NewRequest = Guid.CreateVersion7,
            Viewer = new("", "", Role.Technician, audience.MayCheck ? new HashSet<Permission> { Permission.RecordCheck } : []),
            Place = new(unit.Id, unit.Name!, unit.Time()),
        };
}
