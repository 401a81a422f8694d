using System.Text;
using Handoff.Api.Store;

namespace Handoff.Api.Tests.Store;

public sealed class TransferTests : IAsyncLifetime
{
    private StoreFixture from = null!;
    private StoreFixture to = null!;
    private Node node = null!;

    public async Task InitializeAsync()
    {
        (from, to) = (await StoreFixture.New(), await StoreFixture.New());
        node = from.Node();
    }

    public async Task DisposeAsync()
    {
        await from.DisposeAsync();
        await to.DisposeAsync();
    }

    [Fact]
    public async Task An_export_round_trips_to_the_same_proof()
    {
        await Fill();
        var file = await Export();
        var imported = await Import(file);
        var (here, there) = ((await Verify(from)).Facilities.Single(), (await Verify(to)).Facilities.Single());
        there.Differences.ShouldBeEmpty();
        there.ShouldBe(here with { Differences = there.Differences });
        (imported.Events, imported.Position, imported.Hash).ShouldBe((here.Events, here.Position, here.Hash));
        (await Export(to)).ShouldBe(file);
        // When its row was written is no part of a stream.
        var streams = "(select tenant_id, id, version, is_archived from handoff.mt_streams)";
        foreach (var table in new[] { streams, "handoff.mt_events", "handoff.about", "handoff.mt_doc_snapshot" })
        {
            var all = $"select t::text from {table} t where tenant_id = '{StoreFixture.Facility}' order by 1";
            (await to.All<string>(all)).ShouldBe(await from.All<string>(all));
        }
    }

    [Fact]
    public async Task An_imported_facility_goes_on_where_it_was()
    {
        await Fill();
        await Import(await Export());
        var there = to.Node();
        var answer = await there.Send("0", new Count(1));
        answer.Version.ShouldBe(4);
        answer.Position.ShouldBeGreaterThan((await node.Events())[^1].Position);
        (await Verify(to)).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task A_request_is_known_after_the_import_too()
    {
        var request = Guid.CreateVersion7();
        var first = await node.Send("a", new Count(2), request);
        await Import(await Export());
        (await to.Node().Send("a", new Count(2), request)).Position.ShouldBe(first.Position);
    }

    [Fact]
    public async Task What_another_writer_added_is_carried_along_without_a_proof()
    {
        await Fill();
        await Foreign.Insert(from, "counter-0", 4, "counted", """{"occurredAt":"2026-11-21T07:00:00Z","by":4}""");
        await Import(await Export());
        (await Verify(to)).Facilities.Single().Differences.ShouldHaveSingleItem().Code.ShouldBe("event-unproven");
    }

    [Fact]
    public async Task A_facility_that_has_events_is_not_imported_into()
    {
        await Fill();
        var file = await Export();
        await to.Node().Send("x", new Count(1));
        (await Refused(file)).Message.ShouldContain("has events in this database already");
        (await to.One<long>("select count(*) from handoff.mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task Positions_of_another_facility_are_not_taken()
    {
        await Fill();
        var file = await Export();
        await to.Node().Send("x", new Count(1), facility: "south");
        (await Refused(file)).Message.ShouldContain("position");
    }

    [Theory]
    [InlineData("\"by\":2", "\"by\":3")]
    [InlineData("Nora", "Nola")]
    [InlineData("\"counted\"", "\"counter_closed\"")]
    public async Task A_changed_line_is_named(string was, string becomes)
    {
        await Fill();
        var lines = (await Export()).Split('\n');
        lines[4] = lines[4].Replace(was, becomes, StringComparison.Ordinal);
        (await Refused(string.Join('\n', lines))).Line.ShouldBe(5);
        await NothingIsThere();
    }

    [Fact]
    public async Task A_missing_line_is_named()
    {
        await Fill();
        var lines = (await Export()).Split('\n').ToList();
        lines.RemoveAt(3);
        (await Refused(string.Join('\n', lines))).Line.ShouldBe(4);
        await NothingIsThere();
    }

    [Fact]
    public async Task An_export_that_was_cut_off_is_refused()
    {
        await Fill();
        var lines = (await Export()).TrimEnd('\n').Split('\n');
        (await Refused(string.Join('\n', lines[..^1]) + "\n")).Message.ShouldContain("cut off");
        (await Refused(string.Join('\n', [.. lines[..^2], lines[^1]]))).Message.ShouldContain("ends");
        (await Refused(string.Join('\n', lines) + "\n{}")).Message.ShouldContain("follows");
        await NothingIsThere();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("MSH|^~\\&|")]
    [InlineData("""{"format":"handoff-events","version":2,"facility":"north"}""")]
    public async Task What_is_no_export_is_refused(string file) => (await Refused(file)).Line.ShouldBe(1);

    [Fact]
    public async Task An_empty_facility_round_trips()
    {
        await Import(await Export());
        (await Verify(to)).IsSound.ShouldBeTrue();
        (await to.Node().Send("a", new Count(1))).Version.ShouldBe(1);
    }

    private async Task Fill()
    {
        for (var i = 0; i < 3; i++)
        {
            await node.Send($"{i}", new Count(2, "Ätsch \u2028 😀 \"", 1e-7, [Guid.NewGuid()]));
        }

        for (var i = 0; i < 3; i++)
        {
            await node.Send($"{i}", new CountTwice(2));
        }

        await node.Send("elsewhere", new Count(1), facility: "west");
        await node.Send("4", new PutOn("2-west", Guid.NewGuid()));
    }

    private async Task<string> Export(StoreFixture? store = null)
    {
        using var file = new MemoryStream();
        await new Export((store ?? from).Owner).Run(StoreFixture.Facility, file, CancellationToken.None);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private Task<LogCopy> Import(string file) =>
        new Import(to.Owner, to.Node().Store).Run(new MemoryStream(Encoding.UTF8.GetBytes(file)), CancellationToken.None);

    private async Task<TransferException> Refused(string file) => await Should.ThrowAsync<TransferException>(Import(file));

    private static Task<Verification> Verify(StoreFixture store) =>
        new Verify(store.Owner, StoreFixture.Names).Run(StoreFixture.Facility, CancellationToken.None);

    private async Task NothingIsThere()
    {
        foreach (var table in new[] { "mt_streams", "mt_events", "about", "mt_doc_snapshot", "heads" })
        {
            (await to.One<long>($"select count(*) from handoff.{table}")).ShouldBe(0, table);
        }
    }
}
