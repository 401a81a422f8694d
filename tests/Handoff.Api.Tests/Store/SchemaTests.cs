using Handoff.Api.Store;
using Npgsql;

namespace Handoff.Api.Tests.Store;

public sealed class SchemaTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Theory]
    [InlineData(
        "mt_streams",
        """
            tenant_id character varying not null
            id character varying not null
            type character varying
            version bigint
            timestamp timestamp with time zone not null
            created timestamp with time zone not null
            compacted_version bigint not null
            is_archived boolean
            """
    )]
    [InlineData(
        "mt_events",
        """
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
            """
    )]
    [InlineData(
        "mt_event_progression",
        """
            name character varying not null
            last_seq_id bigint
            last_updated timestamp with time zone
            mode character varying
            rebuild_threshold integer
            assigned_node integer
            heartbeat timestamp with time zone
            agent_status character varying(20)
            pause_reason text
            running_on_node integer
            warning_behind_threshold bigint
            critical_behind_threshold bigint
            failure_category character varying(50)
            failure_event_sequence bigint
            failure_event_type character varying(500)
            failure_event_tenant_id character varying(500)
            """
    )]
    [InlineData(
        "mt_event_projection_floors",
        """
            name character varying not null
            tenant_id character varying not null
            floor bigint not null
            last_updated timestamp with time zone
            """
    )]
    [InlineData(
        "mt_high_water_skips",
        """
            ending_sequence bigint not null
            starting_sequence bigint not null
            timestamp timestamp with time zone
            """
    )]
    [InlineData(
        "mt_doc_deadletterevent",
        """
            id uuid not null
            data jsonb not null
            mt_last_modified timestamp with time zone
            mt_version uuid not null
            mt_dotnet_type character varying
            """
    )]
    [InlineData(
        "mt_doc_snapshot",
        """
            tenant_id character varying not null
            id character varying not null
            data jsonb not null
            kind character varying not null
            version bigint not null
            position bigint not null
            recorded_at timestamp with time zone not null
            unit character varying
            stay uuid
            due timestamp with time zone
            is_timed boolean not null
            mrn character varying
            is_held boolean not null
            day date
            """
    )]
    [InlineData(
        "heads",
        """
            tenant_id character varying not null
            position bigint not null
            hash bytea not null
            recorded timestamp with time zone not null
            rebuilt bigint not null
            """
    )]
    [InlineData(
        "about",
        """
            tenant_id character varying not null
            stay uuid not null
            seq_id bigint not null
            """
    )]
    public async Task The_tables_have_these_columns_in_this_order(string table, string approved) =>
        string.Join(
                '\n',
                await store.All<string>(
                    """
                    select attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end
                    from pg_attribute where attrelid = ('handoff.' || $1)::regclass and attnum > 0 and not attisdropped order by attnum
                    """,
                    table
                )
            )
            .ShouldBe(approved.ReplaceLineEndings("\n"));

    [Fact]
    public async Task The_tables_have_these_keys_and_indexes() =>
        (
            await store.All<string>(
                """
                select indexdef from pg_indexes where schemaname = 'handoff' and indexname not like 'handoff\_%'
                union all
                select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
                    from pg_constraint where contype = 'f' and connamespace = 'handoff'::regnamespace
                order by 1
                """
            )
        ).ShouldBe(
            [
                "CREATE INDEX snapshot_by_mrn ON handoff.mt_doc_snapshot USING btree (tenant_id, mrn) WHERE (mrn IS NOT NULL)",
                "CREATE INDEX snapshot_held ON handoff.mt_doc_snapshot USING btree (tenant_id, is_held) WHERE is_held",
                "CREATE INDEX snapshot_of_stay ON handoff.mt_doc_snapshot USING btree (tenant_id, stay) WHERE (stay IS NOT NULL)",
                "CREATE INDEX snapshot_on_day ON handoff.mt_doc_snapshot USING btree (tenant_id, unit, day) WHERE (day IS NOT NULL)",
                "CREATE INDEX snapshot_on_unit ON handoff.mt_doc_snapshot USING btree (tenant_id, unit, kind) WHERE (unit IS NOT NULL)",
                "CREATE INDEX snapshot_timed ON handoff.mt_doc_snapshot USING btree (tenant_id, is_timed) WHERE is_timed",
                "CREATE UNIQUE INDEX about_pkey ON handoff.about USING btree (tenant_id, stay, seq_id)",
                "CREATE UNIQUE INDEX heads_pkey ON handoff.heads USING btree (tenant_id)",
                "CREATE UNIQUE INDEX idx_mt_events_event_id ON handoff.mt_events USING btree (id)",
                "CREATE UNIQUE INDEX pk_mt_event_progression ON handoff.mt_event_progression USING btree (name)",
                "CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON handoff.mt_events USING btree (tenant_id, stream_id, version)",
                "CREATE UNIQUE INDEX pkey_mt_doc_deadletterevent_id ON handoff.mt_doc_deadletterevent USING btree (id)",
                "CREATE UNIQUE INDEX pkey_mt_doc_reaction_checkpoint_tenant_id_id ON handoff.mt_doc_reaction_checkpoint USING "
                    + "btree (tenant_id, id)",
                "CREATE UNIQUE INDEX pkey_mt_doc_snapshot_tenant_id_id ON handoff.mt_doc_snapshot USING btree (tenant_id, id)",
                "CREATE UNIQUE INDEX pkey_mt_event_projection_floors_name_tenant_id ON handoff.mt_event_projection_floors USING "
                    + "btree (name, tenant_id)",
                "CREATE UNIQUE INDEX pkey_mt_events_seq_id ON handoff.mt_events USING btree (seq_id)",
                "CREATE UNIQUE INDEX pkey_mt_high_water_skips_ending_sequence ON handoff.mt_high_water_skips USING btree (ending_sequence)",
                "CREATE UNIQUE INDEX pkey_mt_streams_tenant_id_id ON handoff.mt_streams USING btree (tenant_id, id)",
                "CREATE UNIQUE INDEX schema_version_pkey ON handoff.schema_version USING btree (is_current)",
                "handoff.mt_events fkey_mt_events_stream_id_tenant_id FOREIGN KEY (tenant_id, stream_id) REFERENCES "
                    + "handoff.mt_streams(tenant_id, id)",
            ],
            ignoreOrder: true
        );

    [Fact]
    public async Task Our_own_indexes_on_the_format_s_tables_are_these_and_forbid_nothing() =>
        (
            await store.All<string>(
                """
                select indexrelid::regclass || case when indisunique then ' unique' else '' end
                from pg_index where indrelid::regclass::text like 'handoff.mt\_%' and indexrelid::regclass::text like 'handoff.handoff\_%'
                    order by 1
                """
            )
        ).ShouldBe(["handoff.handoff_events_facility_order", "handoff.handoff_events_placed"]);

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
    [InlineData("select handoff.mt_archive_stream('counter-a', 'north')")]
    [InlineData("delete from handoff.mt_streams")]
    [InlineData("truncate handoff.mt_streams cascade")]
    [InlineData("truncate handoff.mt_doc_snapshot")]
    [InlineData("update handoff.schema_version set version = ''")]
    [InlineData("delete from handoff.heads")]
    [InlineData("drop table handoff.mt_events")]
    [InlineData("alter table handoff.mt_events disable trigger all")]
    [InlineData("alter table handoff.mt_events drop constraint handoff_events_no_tombstones")]
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
    public async Task What_the_application_may_do_with_each_table_is_this() =>
        (
            await store.All<string>(
                """
                select table_name || ': ' || string_agg(lower(privilege_type), ', ' order by privilege_type)
                from information_schema.role_table_grants where grantee = 'handoff_app' and table_schema = 'handoff'
                    group by table_name order by 1
                """
            )
        ).ShouldBe(
            [
                "about: insert, select",
                "heads: insert, select, update",
                "mt_doc_reaction_checkpoint: insert, select, update",
                "mt_doc_snapshot: delete, insert, select, update",
                "mt_event_progression: insert, select, update",
                "mt_event_projection_floors: insert, select, update",
                "mt_events: insert, select",
                "mt_high_water_skips: insert, select, update",
                "mt_streams: insert, select, update",
                "schema_version: select",
            ],
            ignoreOrder: true
        );

    [Fact]
    public async Task No_function_lends_the_application_its_owner_s_rights() =>
        (
            await store.All<string>(
                "select oid::regprocedure::text from pg_proc where pronamespace = 'handoff'::regnamespace and prosecdef"
            )
        ).ShouldBeEmpty();

    [Theory]
    [InlineData("update handoff.mt_doc_snapshot set due = null")]
    [InlineData("delete from handoff.mt_doc_snapshot")]
    public async Task The_application_can_write_snapshots_again(string change)
    {
        var node = store.Node();
        await node.Send("a", new Count(1));
        await using var command = node.Source.CreateCommand(change);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_tombstone_can_not_be_written_even_by_the_owner()
    {
        var refused = await Should.ThrowAsync<PostgresException>(Foreign.Insert(store, "counter-a", 1, "tombstone", "{}"));
        (refused.SqlState, refused.ConstraintName).ShouldBe((PostgresErrorCodes.CheckViolation, "handoff_events_no_tombstones"));
        (await store.One<long>("select count(*) from handoff.mt_events")).ShouldBe(0);
    }

    [Fact]
    public async Task Events_are_written_as_the_format_writes_them()
    {
        var node = store.Node();
        await node.Send("a", new Count(3));
        (await store.One<string>("select id || ' ' || version from handoff.mt_streams")).ShouldBe("counter-a 1");
        (
            await store.One<string>(
                "select concat_ws(' | ', type, mt_dotnet_type, user_name, tenant_id, is_archived, data ->> 'by', "
                    + "jsonb_typeof(data -> 'note'), jsonb_typeof(headers)) from handoff.mt_events"
            )
        ).ShouldBe("counted | Handoff.Api.Tests.Store.Counted, Handoff.Api.Tests | Nora Nurse | north | f | 3 | null | object");
    }
}
