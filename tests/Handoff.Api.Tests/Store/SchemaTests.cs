using Handoff.Api.Store;
using Npgsql;

namespace Handoff.Api.Tests.Store;

public sealed class SchemaTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Theory]
    [InlineData("mt_streams", """
        tenant_id character varying not null
        id character varying not null
        type character varying
        version bigint
        timestamp timestamp with time zone not null
        created timestamp with time zone not null
        is_archived boolean
        """)]
    [InlineData("mt_events", """
        seq_id bigint not null
        id uuid not null
        stream_id character varying
        version bigint not null
        data jsonb not null
        bdata bytea
        type character varying(500) not null
        timestamp timestamp with time zone not null
        tenant_id character varying
        mt_dotnet_type character varying
        correlation_id character varying
        causation_id character varying
        headers jsonb
        user_name character varying
        is_archived boolean
        """)]
    [InlineData("mt_event_progression", """
        name character varying not null
        last_seq_id bigint
        last_updated timestamp with time zone
        """)]
    public async Task The_format_s_tables_have_its_columns_in_order(string table, string approved) =>
        string.Join('\n', await store.All<string>(
            """
            select attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end
            from pg_attribute where attrelid = ('handoff.' || $1)::regclass and attnum > 0 and not attisdropped order by attnum
            """, table)).ShouldBe(approved.ReplaceLineEndings("\n"));

    [Fact]
    public async Task The_format_s_tables_have_its_keys_and_indexes() =>
        (await store.All<string>(
            """
            select indexdef from pg_indexes where schemaname = 'handoff' and tablename like 'mt\_%' and indexname not like 'handoff\_%'
            union all
            select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where contype = 'f' and connamespace = 'handoff'::regnamespace
            order by 1
            """)).ShouldBe(
        [
            "CREATE UNIQUE INDEX idx_mt_events_event_id ON handoff.mt_events USING btree (id)",
            "CREATE UNIQUE INDEX pk_mt_event_progression ON handoff.mt_event_progression USING btree (name)",
            "CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON handoff.mt_events USING btree (tenant_id, stream_id, version)",
            "CREATE UNIQUE INDEX pkey_mt_events_seq_id ON handoff.mt_events USING btree (seq_id)",
            "CREATE UNIQUE INDEX pkey_mt_streams_tenant_id_id ON handoff.mt_streams USING btree (tenant_id, id)",
            "handoff.mt_events fkey_mt_events_tenant_id_stream_id FOREIGN KEY (tenant_id, stream_id) REFERENCES handoff.mt_streams(tenant_id, id)",
        ], ignoreOrder: true);

    [Fact]
    public async Task Our_own_indexes_on_the_format_s_tables_are_these_and_forbid_nothing() =>
        (await store.All<string>(
            """
            select indexrelid::regclass || case when indisunique then ' unique' else '' end
            from pg_index where indrelid::regclass::text like 'handoff.mt\_%' and indexrelid::regclass::text like 'handoff.handoff\_%' order by 1
            """)).ShouldBe(["handoff.handoff_events_facility_order", "handoff.handoff_events_placed"]);

    [Fact]
    public async Task The_sequence_is_owned_by_the_events_and_drawn_by_the_writer()
    {
        (await store.One<string>("select pg_get_serial_sequence('handoff.mt_events', 'seq_id')")).ShouldBe("handoff.mt_events_sequence");
        (await store.One<long>("select count(*) from pg_attrdef where adrelid = 'handoff.mt_events'::regclass and adnum = 1")).ShouldBe(0);
    }

    [Fact]
    public async Task Creating_the_schema_again_changes_nothing()
    {
        await store.Node().Send("a", new Count(1));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Schema.Create(store.ConnectionString, CancellationToken.None)));
        (await store.Node().State("a")).Total.ShouldBe(1);
    }

    [Theory]
    [InlineData("update handoff.mt_events set data = '{}'")]
    [InlineData("delete from handoff.mt_events")]
    [InlineData("truncate handoff.mt_events cascade")]
    [InlineData("update handoff.about set stay = gen_random_uuid()")]
    [InlineData("delete from handoff.about")]
    [InlineData("truncate handoff.about")]
    [InlineData("delete from handoff.mt_streams")]
    [InlineData("delete from handoff.heads")]
    [InlineData("drop table handoff.mt_events")]
    [InlineData("alter table handoff.mt_events disable trigger all")]
    [InlineData("create table handoff.other (id int)")]
    [InlineData("select setval('handoff.mt_events_sequence', 1)")]
    public async Task The_application_can_add_to_the_log_and_nothing_else(string change)
    {
        var node = store.Node();
        await node.Send("a", new Count(1, Stays: [Guid.NewGuid()]));
        await using var command = node.Source.CreateCommand(change);
        var refused = await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync());
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Events_are_written_as_the_format_writes_them()
    {
        var node = store.Node();
        await node.Send("a", new Count(3));
        (await store.One<string>("select id || ' ' || version from handoff.mt_streams")).ShouldBe("counter-a 1");
        (await store.One<string>("select concat_ws(' | ', type, mt_dotnet_type, user_name, tenant_id, is_archived, data ->> 'by', jsonb_typeof(data -> 'note'), jsonb_typeof(headers)) from handoff.mt_events"))
            .ShouldBe("counted | Handoff.Api.Tests.Store.Counted, Handoff.Api.Tests | Nora Nurse | north | f | 3 | null | object");
    }
}
