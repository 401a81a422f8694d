using System.Text.Json;
using Handoff.Api.Boards;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Boards;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Boards;

/// <summary>A card that is read for one patient, without the others.</summary>
public sealed class OneCardTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task A_card_by_itself_is_the_one_on_the_board_also_in_a_shared_bed_and_in_an_incident()
    {
        var boards = app.Services.GetRequiredService<BoardReader>();
        var (first, second) = ((await Board()).Cards[0], (await Board()).Cards[1]);
        var guest = Guid.CreateVersion7();
        await app.Record(new Admit("G1", "Guest", "Ann", "2-west", first.Bed, BedMayBeTaken: true) { Key = guest.ToString() });
        await app.Record(
            new OpenIncident(IncidentKind.Fall, "2-west", [first.Stay, second.Stay], "Day room") { Key = Guid.CreateVersion7().ToString() }
        );
        await app.Record(new AskToTalk("the visit") { Key = second.Stay.ToString() });

        var board = await Board();
        board.Card(guest).IsBedShared.ShouldBeTrue();
        board.Card(first.Stay).ShouldSatisfyAllConditions(c => c.IsBedShared.ShouldBeTrue(), c => c.Incident.ShouldNotBeNull());
        board.Card(second.Stay).Marks.ShouldContain(mark => mark.Words == "asks to talk");
        foreach (var stay in board.Cards.Select(card => card.Stay))
        {
            // Time goes on: what is due may become so between two looks.
            string before,
                alone,
                after;
            do
            {
                before = Json((await Board()).Card(stay));
                alone = Json(await boards.Card(App.Facility, "2-west", stay, default));
                after = Json((await Board()).Card(stay));
            } while (before != after);
            alone.ShouldBe(before);
        }

        (await boards.Card(App.Facility, "2-west", Guid.NewGuid(), default)).IsGone.ShouldBeTrue();
        (await boards.Card(App.Facility, "9-moon", first.Stay, default)).IsGone.ShouldBeTrue();

        async Task<Board> Board() => (await boards.ForUnit(App.Facility, "2-west", default))!;
    }

    private static string Json(BoardCard card) => JsonSerializer.Serialize(card, EventTypeRegistry.Json);
}
