set local lock_timeout = '3s';

-- Both may be created by whoever may create in the database ("trusted"), on RDS as well.
create extension if not exists unaccent;
create extension if not exists btree_gin;

-- Every word as it is written, without accents.
create text search configuration desk_simple (copy = pg_catalog.simple);
alter text search configuration desk_simple
    alter mapping for hword, hword_part, word with unaccent, simple;
create text search configuration desk_english (copy = pg_catalog.english);
alter text search configuration desk_english
    alter mapping for hword, hword_part, word with unaccent, english_stem;

create aggregate search_words_agg(tsvector) (
    sfunc = tsvector_concat, stype = tsvector, initcond = ''
);

-- What can be found of a ticket. A row is made again from the ticket whenever search_queue names it.
create table ticket_search (
    ticket_number bigint   not null,
    -- The number divided by 1024: lets a search begin with the newest tickets and stop there.
    shard         int      not null,
    -- Weights say where a word stands: A the subject, B the requester, D a public message, and C what staff alone may
    -- know. A word that is nowhere but in notes and tags has no other weight, so a search for a customer leaves out C.
    words         tsvector not null,
    constraint ticket_search_pk primary key (ticket_number)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
-- A search reads what waits in the pending list from its start to its end: it stays short.
create index ticket_search_words_idx on ticket_search using gin (shard, words) with (gin_pending_list_limit = 1024);

-- Tickets whose row is behind, written in the transaction of the change.
create table search_queue (
    id              bigint generated always as identity,
    -- One of the three: a ticket, or whose tickets.
    ticket_number   bigint,
    person_id       uuid,
    organisation_id uuid,
    queued_at       timestamptz not null default clock_timestamp(),
    constraint search_queue_pk primary key (id),
    constraint search_queue_names_one check (num_nonnulls(ticket_number, person_id, organisation_id) = 1)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- How far old tickets have been queued, the newest first.
create table search_fill (
    name        text   not null,
    -- Those below are still to come; 0 when all are queued. Without the row it begins anew.
    next_number bigint not null,
    constraint search_fill_pk primary key (name)
);
