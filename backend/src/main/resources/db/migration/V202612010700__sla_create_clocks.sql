set local lock_timeout = '3s';

-- docs/adr/0025-sla-clocks.md

-- Business hours. Time zone, weekly intervals and holidays are JSON that the code has checked.
create table sla_calendar (
    id          uuid        not null default uuidv7(),
    name        text        not null,
    is_default  boolean     not null default false,
    content     jsonb       not null,
    created_at  timestamptz not null,
    archived_at timestamptz,
    version     bigint      not null default 0,
    constraint sla_calendar_pk primary key (id),
    constraint sla_calendar_name_length check (length(name) between 1 and 80),
    constraint sla_calendar_default_kept check (not (is_default and archived_at is not null)),
    constraint sla_calendar_content_bounded check (length(content::text) <= 100000)
);
create unique index sla_calendar_name_idx on sla_calendar (lower(name)) where archived_at is null;
create unique index sla_calendar_one_default on sla_calendar (is_default) where is_default;

create table sla_calendar_team (
    team_id     uuid not null,
    calendar_id uuid not null,
    constraint sla_calendar_team_pk primary key (team_id),
    constraint sla_calendar_team_team_fk foreign key (team_id) references team (id) on delete cascade,
    constraint sla_calendar_team_calendar_fk foreign key (calendar_id) references sla_calendar (id) on delete cascade
);
create index sla_calendar_team_calendar_idx on sla_calendar_team (calendar_id);

create table sla_policy (
    id          uuid        not null default uuidv7(),
    name        text        not null,
    position    int         not null,
    content     jsonb       not null,
    created_at  timestamptz not null,
    archived_at timestamptz,
    version     bigint      not null default 0,
    constraint sla_policy_pk primary key (id),
    constraint sla_policy_name_length check (length(name) between 1 and 80),
    constraint sla_policy_content_bounded check (length(content::text) <= 100000)
);
create unique index sla_policy_name_idx on sla_policy (lower(name)) where archived_at is null;

-- What follows from a ticket's history and the policy it falls under; may be reckoned again at any time.
create table sla_clock (
    ticket_number   bigint      not null,
    target          text        not null,
    -- The message that waits for its reply; 0 for what is promised once.
    cycle           bigint      not null,
    policy_id       uuid        not null,
    state           text        not null,
    started_at      timestamptz not null,
    promised_micros bigint      not null,
    elapsed_micros  bigint      not null,
    warn_at         timestamptz,
    due_at          timestamptz,
    ended_at        timestamptz,
    -- When the ticket was done, as it was when this was reckoned.
    done_at         timestamptz,
    -- When a warning or a breach is to be announced next.
    next_at         timestamptz,
    constraint sla_clock_pk primary key (ticket_number, target, cycle),
    constraint sla_clock_target_known check (target in ('FIRST_REPLY', 'NEXT_REPLY', 'RESOLUTION')),
    constraint sla_clock_state_known check (state in ('RUNNING', 'PAUSED', 'FULFILLED', 'DROPPED'))
);
create index sla_clock_next_idx on sla_clock (next_at) where next_at is not null;
create index sla_clock_open_idx on sla_clock (due_at, ticket_number) where state in ('RUNNING', 'PAUSED');

-- Each warning and each breach once, whatever becomes of the clock.
create table sla_event (
    ticket_number bigint      not null,
    target        text        not null,
    cycle         bigint      not null,
    stage         text        not null,
    occurred_at   timestamptz not null,
    -- Not what came to pass before the rules were made by which it did.
    is_announced  boolean     not null,
    constraint sla_event_pk primary key (ticket_number, target, cycle, stage),
    constraint sla_event_stage_known check (stage in ('WARNING', 'BREACH'))
);

-- Tickets to reckon again; filled by triggers, any number of rows for one ticket. Writers only append.
create table sla_queue (
    id            bigint generated always as identity,
    ticket_number bigint not null,
    constraint sla_queue_pk primary key (id)
);

-- How far the open tickets have been reckoned again since the rules changed last. One row, or none before the first
-- rules.
create table sla_sweep (
    singleton      boolean     not null default true,
    rules_since    timestamptz not null,
    -- The last ticket that has been; the next one was opened before it.
    at_created     timestamptz not null default 'infinity',
    at_number      bigint      not null default 9223372036854775807,
    is_finished    boolean     not null default false,
    constraint sla_sweep_pk primary key (singleton),
    constraint sla_sweep_singleton check (singleton)
);
