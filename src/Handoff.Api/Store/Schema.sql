-- What neither Marten nor Weasel says of the tables: storage, the indexes on the events that are ours, the operation that
-- writes a batch, and what the working login may do. Runs as the schema's owner after Marten's migration, and may run again.

-- A snapshot is written again with each event of its stream: room for it on its page, and no compressing, cost less than all the rest.
alter table handoff.mt_doc_snapshot set (fillfactor = 70, toast_tuple_target = 8160);
alter table handoff.mt_streams set (fillfactor = 80);
alter table handoff.heads set (fillfactor = 10);

-- Marten keeps the place of an event whose transaction failed by a tombstone, for readers of the one sequence. Ours follow a facility's held
-- order, in which nothing is missing: a tombstone would be an event that nobody proved.
do $$
begin
    if not exists (select from pg_constraint where conname = 'handoff_events_no_tombstones') then
        alter table handoff.mt_events add constraint handoff_events_no_tombstones check (type <> 'tombstone') not valid;
    end if;
end $$;

-- For that Marten also makes a stream, with every batch that is not taken, also where no event lost its place. It would stand among the facility's.
create or replace function handoff.skip_row() returns trigger language plpgsql as $$ begin return null; end $$;
create or replace trigger handoff_streams_no_tombstones before insert on handoff.mt_streams
    for each row when (new.id = 'mt_tombstone') execute function handoff.skip_row();

-- Followers read one facility in order; the primary key alone would make a quiet facility read everybody else's events.
create index if not exists handoff_events_facility_order on handoff.mt_events (tenant_id, seq_id);

-- A board as it stood needs whoever had been placed on the unit by then, also those whose move was cancelled since.
create index if not exists handoff_events_placed on handoff.mt_events (tenant_id, (data ->> 'unit'), timestamp)
    where type in ('admitted', 'transferred', 'transfer_cancelled');

-- The operation of a batch. It takes the facility's order and holds it to commit, sees that everything is as it was when the batch was decided,
-- and writes its events (e), what its streams come to and the snapshots that were folded from exactly those versions (s, with the number of their
-- last event), which events concern which stays (a), and where the log ends now. Returns the events' positions, in their order.
-- If the log does not end where the batch goes on (after), was rebuilt, or has a later clock, it raises HO001; if a stream that is to grow or that a
-- decision looked at (f) has moved, or who is on a unit or under a record number has (u, besides the batch's own streams), HO002; an event id that
-- is known violates its index. Nothing was written then, and handoff.check_batch says which it was.
-- Other versions took other arguments.
do $$
declare old oid;
begin
    for old in select oid from pg_proc where pronamespace = 'handoff'::regnamespace and proname in ('take_order', 'leave_snapshots', 'append_batch', 'append_batches') loop
        execute format('drop function %s', old::regprocedure);
    end loop;
end $$;

create function handoff.append_batch(
    p_tenant varchar, p_recorded timestamptz, p_rebuilt bigint, p_after bytea, p_reaches bytea,
    s_id varchar[], s_kind varchar[], s_expected bigint[], s_version bigint[], s_last int[], s_unit varchar[], s_stay uuid[], s_due timestamptz[], s_mrn varchar[], s_held bool[], s_day date[], s_json text[],
    e_id uuid[], e_stream int[], e_version bigint[], e_type varchar[], e_dotnet varchar[], e_data jsonb[], e_headers jsonb[], e_user varchar[], e_correlation varchar[], e_causation varchar[],
    a_event int[], a_stay uuid[], f_stream varchar[], f_version bigint[], u_unit varchar[], u_position bigint[])
returns bigint[]
language plpgsql
as $$
declare
    seq   bigint[];
    stale bigint;
    grown bigint;
begin
    -- Held to commit: what is asked and written below is on what the log holds now, and positions are drawn by nobody else of the facility.
    perform from handoff.heads h where h.tenant_id = p_tenant and h.hash = p_after and h.recorded <= p_recorded and h.rebuilt = p_rebuilt for update;
    if not found then
        raise exception using errcode = 'HO001', message = 'The log goes on elsewhere.';
    end if;

    for i in 1 .. cardinality(e_id) loop
        seq[i] := nextval('handoff.mt_events_sequence');
    end loop;

    -- One statement: each costs more than the rows that it touches.
    -- Nothing here joins a table to the batch: planned while the tables are empty, the rows of a whole facility would look like few.
    with heads as (
        update handoff.heads h set position = seq[cardinality(seq)], hash = p_reaches, recorded = p_recorded where h.tenant_id = p_tenant
    ), streams as (
        insert into handoff.mt_streams as m (tenant_id, id, type, version, timestamp, created)
        select p_tenant, s_id[n], s_kind[n], s_version[n], p_recorded, p_recorded from generate_series(1, cardinality(s_id)) n
        on conflict (tenant_id, id) do update set version = excluded.version, timestamp = excluded.timestamp
        where m.version = s_expected[array_position(s_id, m.id)]
        returning 1
    ), snapshots as (
        insert into handoff.mt_doc_snapshot as t (tenant_id, id, kind, version, position, recorded_at, unit, stay, due, is_timed, mrn, is_held, day, data)
        select p_tenant, s_id[n], s_kind[n], s_version[n], seq[s_last[n]], p_recorded, s_unit[n], s_stay[n], s_due[n], s_due[n] is not null, s_mrn[n], s_held[n], s_day[n],
               ('{"position":' || seq[s_last[n]] || s_json[n])::jsonb
        from generate_series(1, cardinality(s_id)) n
        on conflict (tenant_id, id) do update set
            version = excluded.version, position = excluded.position, recorded_at = excluded.recorded_at, unit = excluded.unit, stay = excluded.stay, due = excluded.due,
            is_timed = excluded.is_timed, mrn = excluded.mrn, is_held = excluded.is_held, day = excluded.day, data = excluded.data
    ), concerns as (
        insert into handoff.about (tenant_id, stay, seq_id)
        select p_tenant, a_stay[n], seq[a_event[n]] from generate_series(1, cardinality(a_event)) n
    ), events as (
        insert into handoff.mt_events (
            seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
        select seq[n], e_id[n], s_id[e_stream[n]], e_version[n], e_data[n], e_type[n], p_recorded, p_tenant, e_dotnet[n], e_correlation[n], e_causation[n], e_headers[n], e_user[n], false
        from generate_series(1, cardinality(e_id)) n
    )
    select
        (select count(*) from generate_series(1, cardinality(f_stream)) n
            where coalesce((select m.version from handoff.mt_streams m where m.tenant_id = p_tenant and m.id = f_stream[n]), 0) <> f_version[n]),
        (select count(*) from streams)
    into stale, grown;

    if stale > 0 or grown < cardinality(s_id) then
        raise exception using errcode = 'HO002', message = 'A stream has moved.';
    end if;

    if cardinality(u_unit) > 0 and exists (
        select from unnest(u_unit, u_position) u (unit, seen)
        cross join lateral (
            select t.id, t.position from handoff.mt_doc_snapshot t where t.tenant_id = p_tenant and t.unit = u.unit and t.kind = 'stay'
            union all
            select t.id, t.position from handoff.mt_doc_snapshot t where t.tenant_id = p_tenant and t.mrn = substr(u.unit, 5) and u.unit like 'mrn.%') t
        where t.position > u.seen and t.id <> all(s_id))
    then
        raise exception using errcode = 'HO002', message = 'Somebody has come to a unit, or come under a record number, that a decision looked at.';
    end if;

    return seq;
end $$;

-- Why a batch was not taken: its streams that are not at the version expected, or looked at what is not as it was, and those with an
-- event id that is known. Stream 0 stands for the log: its clock is ahead, with its time; it was rebuilt, so many times; it goes on elsewhere.
create or replace function handoff.check_batch(
    p_tenant varchar, p_recorded timestamptz, p_rebuilt bigint, p_after bytea, s_id varchar[], s_expected bigint[], e_id uuid[], e_stream int[],
    f_for int[], f_stream varchar[], f_version bigint[], u_for int[], u_unit varchar[], u_position bigint[])
returns table (stream int, outcome text, at timestamptz, rebuilt bigint)
language sql stable as $$
    select 0, 'behind', h.recorded, h.rebuilt from handoff.heads h where h.tenant_id = p_tenant and h.recorded > p_recorded
    union all
    select 0, 'rebuilt', null, h.rebuilt from handoff.heads h where h.tenant_id = p_tenant and h.rebuilt <> p_rebuilt
    union all
    select 0, 'elsewhere', null, h.rebuilt from handoff.heads h where h.tenant_id = p_tenant and h.hash <> p_after
    union all
    select s.n::int, 'moved', null, null
    from unnest(s_id, s_expected) with ordinality s (id, expected, n)
    left join handoff.mt_streams m on m.tenant_id = p_tenant and m.id = s.id
    where coalesce(m.version, 0) <> s.expected
    union all
    select f.append, 'moved', null, null
    from unnest(f_for, f_stream, f_version) f (append, id, version)
    left join handoff.mt_streams m on m.tenant_id = p_tenant and m.id = f.id
    where coalesce(m.version, 0) <> f.version
    union all
    select distinct u.append, 'moved', null::timestamptz, null::bigint
    from unnest(u_for, u_unit, u_position) u (append, unit, seen)
    join handoff.mt_doc_snapshot t on t.tenant_id = p_tenant and t.unit = u.unit and t.kind = 'stay' and t.position > u.seen
    union all
    select distinct u.append, 'moved', null::timestamptz, null::bigint
    from unnest(u_for, u_unit, u_position) u (append, unit, seen)
    join handoff.mt_doc_snapshot t on t.tenant_id = p_tenant and t.mrn = substr(u.unit, 5) and u.unit like 'mrn.%' and t.position > u.seen
    union all
    select distinct k.stream, 'known', null::timestamptz, null::bigint
    from unnest(e_id, e_stream) k (id, stream)
    join handoff.mt_events e on e.id = k.id
$$;

-- What the application may do: it adds to the log, and can neither change nor delete what is there.
do $$
begin
    if not pg_has_role(current_user, 'handoff_app', 'member') then
        execute format('grant handoff_app to %I', current_user);
    end if;
end $$;

grant usage on schema handoff to handoff_app;
grant select, insert on handoff.mt_events, handoff.about to handoff_app;
grant select, insert, update on handoff.mt_streams, handoff.heads, handoff.mt_event_progression, handoff.mt_event_projection_floors, handoff.mt_high_water_skips to handoff_app;
grant select, insert, update, delete on handoff.mt_doc_snapshot to handoff_app;
grant select, insert, update on handoff.mt_doc_reaction_checkpoint to handoff_app;
grant usage, select on sequence handoff.mt_events_sequence to handoff_app;
grant select on handoff.schema_version to handoff_app;
grant execute on all functions in schema handoff to handoff_app;

-- Wolverine's queues, dead letters and nodes: what was carried is taken out again.
grant usage on schema wolverine to handoff_app;
grant select, insert, update, delete on all tables in schema wolverine to handoff_app;
grant usage, select on all sequences in schema wolverine to handoff_app;
grant execute on all functions in schema wolverine to handoff_app;
