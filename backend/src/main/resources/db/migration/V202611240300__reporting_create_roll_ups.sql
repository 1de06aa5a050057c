set local lock_timeout = '3s';

-- docs/adr/0017-roll-ups.md. What every measure counts is said in docs/reports.md.

-- One counting of all tickets. A rebuild is a new build beside the current one, which goes on being kept and read until
-- the new one has reached the last ticket.
create table report_build (
    build        int         generated always as identity,
    -- Every ticket up to this number has been counted; the highest bigint once the build is finished.
    done_up_to   bigint      not null default 0,
    is_current   boolean     not null default false,
    requested_at timestamptz not null default now(),
    finished_at  timestamptz,
    constraint report_build_pk primary key (build)
);
create unique index report_build_one_current on report_build (is_current) where is_current;

-- Tickets to count again; filled by triggers, any number of rows for one ticket. Writers only append.
create table report_queue (
    id            bigint generated always as identity,
    ticket_number bigint not null,
    constraint report_queue_pk primary key (id)
);

-- What a ticket was counted as, so that it can be taken out again exactly.
create table report_ticket (
    build         int        not null,
    ticket_number bigint     not null,
    team_id       uuid       not null,
    -- One element for each fact, as report_facts() tells them.
    measures      smallint[] not null,
    agents        uuid[]     not null,
    quarters      int[]      not null,
    buckets       smallint[] not null,
    details       text[]     not null,
    amounts       int[]      not null,
    constraint report_ticket_pk primary key (build, ticket_number)
);

-- A day here is one of UTC, cut into quarters of an hour: every time zone's days and hours begin at one of them.
create table report_day (
    build    int      not null,
    measure  smallint not null,
    -- The id of zeros stands for all teams, and for all agents and nobody.
    team_id  uuid     not null,
    agent_id uuid     not null,
    day      date     not null,
    -- A tag, for the measure that counts by tag.
    detail   text     not null,
    -- Four bytes each: 8 bits the quarter of the day, 8 bits the bucket of durations, 16 bits how many. A number that
    -- does not fit into 16 bits is spread over several.
    cells    bytea    not null,
    total    int      not null,
    constraint report_day_pk primary key (build, measure, team_id, agent_id, day, detail)
);
-- Read by the hundred: better in the row than behind it.
alter table report_day alter column cells set storage main;

create table report_month (
    build    int      not null,
    measure  smallint not null,
    team_id  uuid     not null,
    agent_id uuid     not null,
    month    date     not null,
    detail   text     not null,
    total    bigint   not null,
    constraint report_month_pk primary key (build, measure, team_id, agent_id, month, detail)
);
