-- The log in the table format of Marten 9 (string stream ids, conjoined tenancy, metadata on), and our own tables beside it.
-- Runs at every start, as the schema's owner, and changes nothing that is there.

create schema if not exists handoff;

create table if not exists handoff.mt_streams (
    tenant_id   varchar     not null default '*DEFAULT*',
    id          varchar     not null,
    type        varchar,
    version     bigint,
    timestamp   timestamptz not null default now(),
    created     timestamptz not null default now(),
    is_archived bool        default false,
    constraint pkey_mt_streams_tenant_id_id primary key (tenant_id, id)
) with (fillfactor = 80);

create sequence if not exists handoff.mt_events_sequence;

create table if not exists handoff.mt_events (
    seq_id         bigint       constraint pkey_mt_events_seq_id primary key,
    id             uuid         not null,
    stream_id      varchar,
    version        bigint       not null,
    data           jsonb        not null,
    bdata          bytea,
    type           varchar(500) not null,
    timestamp      timestamptz  not null default now(),
    tenant_id      varchar      default '*DEFAULT*',
    mt_dotnet_type varchar,
    correlation_id varchar,
    causation_id   varchar,
    headers        jsonb,
    user_name      varchar,
    is_archived    bool         default false,
    constraint fkey_mt_events_tenant_id_stream_id foreign key (tenant_id, stream_id) references handoff.mt_streams (tenant_id, id)
);

alter sequence handoff.mt_events_sequence owned by handoff.mt_events.seq_id;

create unique index if not exists pk_mt_events_stream_and_version on handoff.mt_events (tenant_id, stream_id, version);
create unique index if not exists idx_mt_events_event_id on handoff.mt_events (id);

-- Followers read one facility in order; the primary key alone would make a quiet facility read everybody else's events.
create index if not exists handoff_events_facility_order on handoff.mt_events (tenant_id, seq_id);

-- A board as it stood needs whoever had been placed on the unit by then, also those whose move was cancelled since.
create index if not exists handoff_events_placed on handoff.mt_events (tenant_id, (data ->> 'unit'), timestamp)
    where type in ('admitted', 'transferred', 'transfer_cancelled');

create table if not exists handoff.mt_event_progression (
    name         varchar     constraint pk_mt_event_progression primary key,
    last_seq_id  bigint,
    last_updated timestamptz default transaction_timestamp()
);

-- One row a facility: who holds it, holds the facility's order until commit. Its states were rebuilt so many times:
-- a node that decided on a state from before a rebuild is told, and decides again.
create table if not exists handoff.heads (
    tenant_id varchar     primary key,
    position  bigint      not null default 0,
    hash      bytea       not null default '\x',
    recorded  timestamptz not null default '-infinity',
    rebuilt   bigint      not null default 0
) with (fillfactor = 10);

-- What each stream's events come to. A cache: it can always be folded again.
create table if not exists handoff.states (
    tenant_id varchar     not null,
    id        varchar     not null,
    kind      varchar     not null,
    version   bigint      not null,
    position  bigint      not null,
    unit      varchar,
    stay      uuid,
    due       timestamptz,
    is_timed  bool        not null,
    data      text        not null,
    mrn       varchar,
    held      bigint,
    day       varchar     collate "C",
    primary key (tenant_id, id)
) with (fillfactor = 70, toast_tuple_target = 8160); -- a state is written again with each event: compressing it costs more than all the rest

-- A database from before states were kept as they are sent. A node of that version may not write any more: it would leave out what they are found by.
do $$
declare
    old regprocedure;
begin
    if (select atttypid from pg_attribute where attrelid = 'handoff.states'::regclass and attname = 'data') <> 'text'::regtype then
        alter table handoff.states alter column mrn drop expression, alter column held drop expression, alter column day drop expression;
        alter table handoff.states alter column data type text using data::text;
        for old in select oid from pg_proc where pronamespace = 'handoff'::regnamespace and proname in ('append_batch', 'append_batches') loop
            execute format('drop function %s', old);
        end loop;
    end if;
end $$;

create index if not exists states_on_unit on handoff.states (tenant_id, unit, kind) where unit is not null;
create index if not exists states_of_stay on handoff.states (tenant_id, stay) where stay is not null;
-- No index is on due, position or data: those move with every event, and then no update of a state could stay on its page without
-- touching every index. What is found by something inside of data has a column for it that seldom moves.
create index if not exists states_timed on handoff.states (tenant_id) where is_timed;
create index if not exists states_by_mrn on handoff.states (tenant_id, mrn) where mrn is not null;
create index if not exists states_held on handoff.states (tenant_id, held) where held is not null;
create index if not exists states_on_day on handoff.states (tenant_id, unit, day) where day is not null;

-- Which stays an event concerns: a patient's timeline is one index scan across all streams.
create table if not exists handoff.about (
    tenant_id varchar not null,
    stay      uuid    not null,
    seq_id    bigint  not null,
    primary key (tenant_id, stay, seq_id)
);

-- Appends batches, each to another facility's log (h): events (e), streams and their states (s), about (a) and the chain, in one round trip
-- and one transaction. All of it or nothing: if a log does not end where its batch goes on (after), a stream has moved, what a decision looked
-- at besides (f: streams, u: who is on a unit or under a record number) has, an event id is known, the states were rebuilt or the clock is
-- behind, it raises an error, and handoff.check_batch then says which it was. Returns the events' positions.
create or replace function handoff.append_batches(
    h_tenant varchar[], h_recorded timestamptz[], h_rebuilt bigint[], h_after bytea[], h_reaches bytea[], h_last int[],
    s_head int[], s_id varchar[], s_kind varchar[], s_expected bigint[], s_version bigint[], s_last int[],
    s_unit varchar[], s_stay uuid[], s_due timestamptz[], s_mrn varchar[], s_held bool[], s_day varchar[], s_data text[],
    e_id uuid[], e_stream int[], e_version bigint[], e_type varchar[], e_dotnet varchar[], e_data jsonb[], e_headers jsonb[], e_user varchar[],
    e_correlation varchar[], e_causation varchar[],
    a_event int[], a_stay uuid[],
    f_head int[], f_stream varchar[], f_version bigint[], u_head int[], u_unit varchar[], u_position bigint[])
returns bigint[]
language plpgsql
as $$
declare
    seq   bigint[];
    heads bigint;
    stale bigint;
    grown bigint;
    saved bigint;
begin
    for i in 1 .. cardinality(e_id) loop
        seq[i] := nextval('handoff.mt_events_sequence');
    end loop;

    if cardinality(h_tenant) > 1 then
        -- Nobody waits for another facility's order.
        perform from handoff.heads h where h.tenant_id = any(h_tenant) order by h.tenant_id collate "C" for update nowait;
    end if;

    if 0 = any(s_expected) then
        perform from handoff.heads h where h.tenant_id = any(h_tenant) order by h.tenant_id collate "C" for update;
        with begun as (
            insert into handoff.mt_streams (tenant_id, id, type, version, timestamp, created)
            select h_tenant[s.head], s.id, s.kind, 0, h_recorded[s.head], h_recorded[s.head]
            from unnest(s_head, s_id, s_kind, s_expected) s (head, id, kind, expected) where s.expected = 0
            on conflict do nothing
        )
        insert into handoff.states (tenant_id, id, kind, version, position, is_timed, data)
        select h_tenant[s.head], s.id, s.kind, 0, 0, false, '{}'
        from unnest(s_head, s_id, s_kind, s_expected) s (head, id, kind, expected) where s.expected = 0
        on conflict do nothing;
    end if;

    -- One statement: each costs more than the rows that it touches. The heads are asked for first, and hold the facilities' order until the end
    -- of the transaction; nobody has written since what they end on, so the positions drawn above are beyond it.
    -- "offset 0": planned while the tables are empty, the rows of a whole facility would look like few.
    with heads as (
        update handoff.heads h set position = seq[x.last], hash = x.reaches, recorded = x.recorded
        from (
            select h_tenant[n] as tenant, h_recorded[n] as recorded, h_rebuilt[n] as rebuilt, h_after[n] as after, h_reaches[n] as reaches, h_last[n] as last
            from generate_series(1, cardinality(h_tenant)) n
            offset 0) x
        where h.tenant_id = x.tenant and h.hash = x.after and h.recorded <= x.recorded and h.rebuilt = x.rebuilt
        returning 1
    ), streams as (
        update handoff.mt_streams m set version = s_version[s.n], timestamp = h_recorded[s_head[s.n]]
        from (select n, h_tenant[s_head[n]] as tenant, s_id[n] as id from generate_series(1, cardinality(s_id)) n offset 0) s
        where m.tenant_id = s.tenant and m.id = s.id and m.version = s_expected[s.n]
        returning 1
    ), states as (
        update handoff.states t set
            version = s_version[s.n], position = seq[s_last[s.n]], unit = s_unit[s.n], stay = s_stay[s.n], due = s_due[s.n], is_timed = s_due[s.n] is not null,
            mrn = s_mrn[s.n], held = case when s_held[s.n] then seq[s_last[s.n]] end, day = s_day[s.n], data = s_data[s.n]
        from (select n, h_tenant[s_head[n]] as tenant, s_id[n] as id from generate_series(1, cardinality(s_id)) n offset 0) s
        where t.tenant_id = s.tenant and t.id = s.id
        returning 1
    ), concerns as (
        insert into handoff.about (tenant_id, stay, seq_id)
        select h_tenant[s_head[e_stream[a_event[n]]]], a_stay[n], seq[a_event[n]] from generate_series(1, cardinality(a_event)) n
    ), events as (
        insert into handoff.mt_events (
            seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
        select seq[n], e_id[n], s_id[e_stream[n]], e_version[n], e_data[n], e_type[n], h_recorded[s_head[e_stream[n]]], h_tenant[s_head[e_stream[n]]], e_dotnet[n],
               e_correlation[n], e_causation[n], e_headers[n], e_user[n], false
        from generate_series(1, cardinality(e_id)) n
    )
    select
        (select count(*) from heads),
        (select count(*) from unnest(f_head, f_stream, f_version) f (head, id, version)
            left join handoff.mt_streams m on m.tenant_id = h_tenant[f.head] and m.id = f.id where coalesce(m.version, 0) <> f.version),
        (select count(*) from streams),
        (select count(*) from states)
    into heads, stale, grown, saved;

    if heads < cardinality(h_tenant) then
        raise exception using errcode = 'HO001', message = 'The log goes on elsewhere.';
    end if;

    if stale > 0 then
        raise exception using errcode = 'HO002', message = 'A stream has moved that a decision looked at.';
    end if;

    if grown < cardinality(s_id) then
        raise exception using errcode = 'HO002', message = 'A stream has moved.';
    end if;

    if saved < cardinality(s_id) then
        -- Of a stream that another writer began no state was saved yet.
        insert into handoff.states (tenant_id, id, kind, version, position, unit, stay, due, is_timed, mrn, held, day, data)
        select h_tenant[s.head], s.id, s.kind, s.version, seq[s.last], s.unit, s.stay, s.due, s.due is not null,
               s.mrn, case when s.held then seq[s.last] end, s.day, s.data
        from unnest(s_head, s_id, s_kind, s_version, s_last, s_unit, s_stay, s_due, s_mrn, s_held, s_day, s_data)
            s (head, id, kind, version, last, unit, stay, due, mrn, held, day, data)
        on conflict do nothing;
    end if;

    if cardinality(u_unit) > 0 then
        if exists (
            select from unnest(u_head, u_unit, u_position) u (head, unit, seen)
            cross join lateral (
                select t.id, t.position from handoff.states t where t.tenant_id = h_tenant[u.head] and t.unit = u.unit and t.kind = 'stay'
                union all
                select t.id, t.position from handoff.states t where t.tenant_id = h_tenant[u.head] and t.mrn = substr(u.unit, 5) and u.unit like 'mrn.%') t
            where t.position > u.seen and not exists (select from unnest(s_head, s_id) s (head, id) where s.head = u.head and s.id = t.id))
        then
            raise exception using errcode = 'HO002', message = 'Somebody has come to a unit, or come under a record number, that a decision looked at.';
        end if;
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
    join handoff.states t on t.tenant_id = p_tenant and t.unit = u.unit and t.kind = 'stay' and t.position > u.seen
    union all
    select distinct u.append, 'moved', null::timestamptz, null::bigint
    from unnest(u_for, u_unit, u_position) u (append, unit, seen)
    join handoff.states t on t.tenant_id = p_tenant and t.mrn = substr(u.unit, 5) and u.unit like 'mrn.%' and t.position > u.seen
    union all
    select distinct k.stream, 'known', null::timestamptz, null::bigint
    from unnest(e_id, e_stream) k (id, stream)
    join handoff.mt_events e on e.id = k.id
$$;

-- What the application may do: it adds to the log, and can neither change nor delete what is there.
do $$
begin
    if not exists (select from pg_roles where rolname = 'handoff_app') then
        create role handoff_app nologin;
    end if;
exception when duplicate_object or unique_violation then null;
end $$;

do $$
begin
    if not pg_has_role(current_user, 'handoff_app', 'member') then
        execute format('grant handoff_app to %I', current_user);
    end if;
end $$;

grant usage on schema handoff to handoff_app;
grant select, insert on handoff.mt_events, handoff.about to handoff_app;
grant select, insert, update on handoff.mt_streams, handoff.heads, handoff.mt_event_progression to handoff_app;
grant select, insert, update, delete on handoff.states to handoff_app;
grant usage on sequence handoff.mt_events_sequence to handoff_app;
grant execute on function handoff.append_batches, handoff.check_batch to handoff_app;
