-- People, machines and who read what. Run by the owner of the database at every start; running it again changes nothing.
-- The application itself works as role handoff_app, which can add to the access log and read it, and nothing else.

do $$
begin
    if not exists (select from pg_roles where rolname = 'handoff_app') then
        create role handoff_app nologin;
    end if;
exception when duplicate_object or unique_violation then
    null; -- Roles belong to the whole server: another database was prepared at the same moment.
end $$;

do $$
begin
    if not pg_has_role(current_user, 'handoff_app', 'usage') then
        execute format('grant handoff_app to %I', current_user);
    end if;
end $$;

create schema if not exists access;

create table if not exists access.people
(
    id                   uuid primary key,
    facility             text        not null,
    user_name            text        not null,
    normalized_user_name text        not null unique,
    name                 text        not null,
    role                 text        not null,
    credential           text,
    units                text[],
    is_demo              boolean     not null default false,
    ended                timestamptz,
    password_hash        text,
    security_stamp       text        not null,
    concurrency_stamp    text        not null,
    lockout_enabled      boolean     not null default true,
    lockout_end          timestamptz,
    access_failed_count  integer     not null default 0
);

create table if not exists access.api_keys
(
    id       uuid primary key,
    facility text        not null,
    name     text        not null,
    role     text        not null,
    prefix   text        not null,
    hash     bytea       not null unique,
    created  timestamptz not null,
    revoked  timestamptz
);

-- Of a feed's key: which feed it is for, who made and revoked it, and about when it was last used.
alter table access.api_keys
    add column if not exists feed       uuid,
    add column if not exists made_by    text,
    add column if not exists revoked_by text,
    add column if not exists last_used  timestamptz;

create index if not exists api_keys_prefix on access.api_keys (prefix);

-- The keys that protect cookies and tokens; every node on this database shares them.
create table if not exists access.keys
(
    id   bigint generated always as identity primary key,
    name text not null unique,
    xml  text not null
);

create table if not exists access.access_log
(
    id          bigint generated always as identity primary key,
    facility    text        not null,
    at          timestamptz not null,
    user_id     text        not null,
    user_name   text        not null,
    role        text        not null,
    unit        text,
    stays       uuid[]      not null,
    what        text        not null,
    correlation uuid        not null,
    ip          inet,
    device      text
);

create index if not exists access_log_stays on access.access_log using gin (stays);
create index if not exists access_log_at on access.access_log (facility, at);
create index if not exists access_log_of_user on access.access_log (facility, user_id, at);

grant usage on schema access to handoff_app;
revoke all on access.people, access.api_keys, access.keys, access.access_log from handoff_app;
grant select, insert, update on access.people, access.api_keys to handoff_app;
grant select, insert on access.keys, access.access_log to handoff_app;
