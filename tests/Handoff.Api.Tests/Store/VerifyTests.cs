using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Store;

public sealed class VerifyTests : IAsyncLifetime
{
    private StoreFixture store = null!;
    private Node node = null!;

    public async Task InitializeAsync()
    {
        store = await StoreFixture.New();
        node = store.Node();
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_log_as_it_was_recorded_is_sound()
    {
        await Fill();
        var report = await Verify();
        report.Lines().Skip(1).ShouldBeEmpty();
        report.IsSound.ShouldBeTrue();
        var check = report.Facilities.ShouldHaveSingleItem();
        (check.Facility, check.Events, check.Streams, check.States).ShouldBe((StoreFixture.Facility, 14, 5, 5));
        (check.Position, check.Hash).ShouldBe(((await node.Events())[^1].Position, (await node.Events())[^1].Hash));
    }

    [Fact]
    public async Task An_empty_log_is_sound() => (await Verify()).IsSound.ShouldBeTrue();

    [Fact]
    public async Task A_log_is_sound_while_it_grows()
    {
        using var enough = new CancellationTokenSource();
        var writing = Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(w =>
                    Task.Run(async () =>
                    {
                        while (!enough.IsCancellationRequested)
                        {
                            await node.Send($"s{w}", new Count(1, Stays: [Guid.NewGuid()]));
                        }
                    })
                )
        );
        for (var i = 0; i < 5; i++)
        {
            (await Verify()).Lines().ShouldAllBe(l => !l.Contains("NOT"));
        }

        await enough.CancelAsync();
        await writing;
    }

    [Theory]
    [InlineData("data = jsonb_set(data, '{by}', '100')")]
    [InlineData("headers = jsonb_set(headers, '{user}', '\"someone-else\"')")]
    [InlineData("timestamp = timestamp - interval '1 hour'")]
    [InlineData("user_name = 'Somebody Else'")]
    [InlineData("type = 'counter_closed'")]
    [InlineData("id = gen_random_uuid()")]
    [InlineData("correlation_id = null")]
    public async Task What_was_changed_is_found_where_it_was_changed(string change)
    {
        await Fill();
        var at = (await node.Events())[6].Position;
        await store.Run($"update handoff.mt_events set {change} where seq_id = $1", at);
        var found = await Found("event-altered");
        (found.Position, found.Count).ShouldBe((at, 1));
    }

    [Fact]
    public async Task A_deleted_event_is_found_where_it_is_missing()
    {
        await Fill();
        var events = await node.Events();
        await store.Run("delete from handoff.mt_events where seq_id = $1", events[3].Position);
        (await Found("event-altered")).Position.ShouldBe(events[4].Position);
        var next = events.First(e => e.Recorded.Stream == events[3].Recorded.Stream && e.Version > events[3].Version);
        (await Found("version-gap")).Position.ShouldBe(next.Position);
    }

    [Fact]
    public async Task A_deleted_last_event_is_found_by_the_head_and_the_stream()
    {
        await Fill();
        var last = (await node.Events())[^1];
        await store.Run("delete from handoff.mt_events where seq_id = $1", last.Position);
        (await Found("head")).Position.ShouldBe(last.Position);
        (await Found("stream-version")).Stream.ShouldBe(last.Recorded.Stream);
    }

    [Theory]
    [InlineData("data")]
    [InlineData("timestamp")]
    [InlineData("seq_id")]
    public async Task Two_swapped_events_are_found_at_the_first(string column)
    {
        await store.Run("alter table handoff.mt_events drop constraint pkey_mt_events_seq_id");
        await Fill();
        var events = (await node.Events()).Where(e => e.Recorded.Event is Counted).ToList();
        var (one, other) = (events[1].Position, events[5].Position);
        await store.Run(
            $"""
            update handoff.mt_events e set {column} = o.{column} from handoff.mt_events o
            where (e.seq_id = $1 and o.seq_id = $2) or (e.seq_id = $2 and o.seq_id = $1)
            """,
            one,
            other
        );
        (await Found("event-altered")).Position.ShouldBe(one);
    }

    [Fact]
    public async Task A_removed_proof_is_found()
    {
        await Fill();
        var at = (await node.Events())[2].Position;
        await store.Run("update handoff.mt_events set headers = headers - 'hash' where seq_id = $1", at);
        (await Found("event-unproven")).Position.ShouldBe(at);
        (await Found("event-altered")).Position.ShouldBe((await node.Events())[3].Position);
    }

    [Fact]
    public async Task A_changed_head_is_found()
    {
        await Fill();
        await store.Run("update handoff.heads set hash = sha256('x')");
        await Found("head");
    }

    [Fact]
    public async Task A_timeline_that_lacks_or_invents_an_event_is_found()
    {
        await Fill();
        var at = (await node.Events()).First(e => e.Recorded.Envelope.Stays!.Count > 0).Position;
        await store.Run("update handoff.about set stay = gen_random_uuid() where seq_id = $1", at);
        (await Found("about-missing")).Position.ShouldBe(at);
        (await Found("about-extra")).Position.ShouldBe(at);
    }

    [Theory]
    [InlineData("data = jsonb_set(data, '{state,total}', '999')", "state-differs")]
    [InlineData("unit = 'elsewhere'", "state-columns")]
    [InlineData("stay = gen_random_uuid()", "state-columns")]
    [InlineData("due = now()", "state-columns")]
    [InlineData("is_timed = not is_timed", "state-columns")]
    [InlineData("position = 1", "state-columns")]
    [InlineData("mrn = '4711'", "state-columns")]
    [InlineData("is_held = true", "state-columns")]
    [InlineData("day = '2026-11-22'", "state-columns")]
    [InlineData("data = '[]'", "state-differs")]
    [InlineData("version = version - 1", "state-version")]
    [InlineData("id = 'counter-nowhere'", "state-without-stream")]
    public async Task An_altered_state_is_found_and_mended(string change, string code)
    {
        await Fill();
        await store.Run($"update handoff.mt_doc_snapshot set {change} where id = 'counter-1'");
        (await Found(code)).Stream.ShouldStartWith("counter-");
        var rebuilt = (await new Rebuild(node.Store).Run(null, CancellationToken.None)).ShouldHaveSingleItem();
        (rebuilt.Replaced, rebuilt.Events, rebuilt.Streams).ShouldBe((1, 14, 5));
        (await Verify()).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task What_another_writer_added_is_said_to_have_no_proof()
    {
        await Fill();
        await Foreign.Insert(store, "counter-1", 4, "counted", """{"occurredAt":"2026-11-21T07:00:00Z","by":4}""");
        await Foreign.Insert(store, "stranger", 1, "counted", """{"by":"four"}""", headers: null);
        var at = (await node.Events())[^2].Position;
        var found = await Found("event-unproven");
        (found.Position, found.Count, found.Stream).ShouldBe((at, 2, "counter-1"));
        (await Found("state-version")).Stream.ShouldBe("counter-1");
        (await Verify()).Facilities.Single().Differences.ShouldNotContain(d => d.Code == "event-altered" || d.Code == "head");
    }

    [Fact]
    public async Task An_event_of_another_version_is_said_to_be_unreadable()
    {
        await Fill();
        await Foreign.Insert(store, "counter-1", 4, "from_the_future", "{}");
        var found = await Found("event-unreadable");
        (found.Stream, found.Position).ShouldBe(("counter-1", (await node.Events())[^1].Position));
    }

    [Fact]
    public async Task A_report_never_says_what_was_recorded()
    {
        await node.Send("a", new Count(1, "Chen, Luis"));
        await node.Send("a", new Count(2, "Chen, Luis"));
        await store.Run("update handoff.mt_events set data = jsonb_set(data, '{note}', '\"Chan, Lou\"')");
        await store.Run("update handoff.mt_doc_snapshot set data = jsonb_set(data, '{state,lastBy}', '\"Chan, Lou\"')");
        var report = string.Join('\n', (await Verify()).Lines());
        report.ShouldContain("state-differs");
        report.ShouldContain(".lastBy");
        report.ShouldNotContain("Chan");
        report.ShouldNotContain("Chen");
    }

    [Fact]
    public async Task Each_facility_has_a_chain_of_its_own()
    {
        await Fill();
        await node.Send("a", new Count(1), facility: "south");
        await store.Run("update handoff.mt_events set data = jsonb_set(data, '{by}', '7') where tenant_id = 'south'");
        var report = await Verify();
        report.Facilities.Single(f => f.Facility == "south").Differences.ShouldNotBeEmpty();
        report.Facilities.Single(f => f.Facility == StoreFixture.Facility).Differences.ShouldBeEmpty();
        (await new Verify(node.Source, StoreFixture.Names).Run(StoreFixture.Facility, CancellationToken.None)).IsSound.ShouldBeTrue();
    }

    // 14 events on five streams: every kind of column is set somewhere.
    private async Task Fill()
    {
        for (var i = 0; i < 4; i++)
        {
            await node.Send($"{i}", new Count(i + 1, "Ätsch \u2028 😀", 0.1 + i, i % 2 == 0 ? [Guid.NewGuid(), Guid.NewGuid()] : null));
        }

        for (var i = 0; i < 4; i++)
        {
            await node.Send($"{i}", new CountTwice(2));
        }

        await node.Send("4", new PutOn("2-west", Guid.NewGuid()));
        await node.Send("4", new Promise(new DateTimeOffset(2126, 1, 1, 0, 0, 0, TimeSpan.FromHours(-6)).AddTicks(7)));
    }

    private Task<Verification> Verify() => new Verify(node.Source, StoreFixture.Names).Run(null, CancellationToken.None);

    private async Task<Difference> Found(string code) =>
        (await Verify()).Facilities.SelectMany(f => f.Differences).Single(d => d.Code == code);
}
