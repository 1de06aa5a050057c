set local lock_timeout = '1min';

-- Months and days as running sums: what was counted up to a moment is read in one step, however long the desk has been
-- there. What the tables before them hold is taken over, and need not be counted again.

-- As the functions that count do: none of them is under way, and what waits is counted by the new ones.
select pg_advisory_xact_lock(x'7EA10017'::bigint);
set local statement_timeout = '30min';

-- Of all agents and nobody. A day is one of UTC, cut into quarters of an hour: every time zone's days and hours begin at
-- one of them.
create table report_cells (
    build   int      not null,
    measure smallint not null,
    -- The id of zeros stands for all teams.
    team_id uuid     not null,
    day     date     not null,
    -- Four bytes each: 8 bits the quarter of the day, 8 bits the bucket of durations, 16 bits how many. A number that
    -- does not fit into 16 bits is spread over several.
    cells   bytea    not null
);
-- Read by the hundred: better in the row than behind it.
alter table report_cells alter column cells set storage main;

-- The same by agent, and by tag. Twenty times as many: apart from the others, of which a year lies close together then.
create table report_detail_cells (
    build    int      not null,
    measure  smallint not null,
    team_id  uuid     not null,
    day      date     not null,
    -- The id of zeros stands for all agents and nobody.
    agent_id uuid     not null,
    -- A tag, for the measure that counts by tag.
    detail   text     not null,
    cells    bytea    not null
);
alter table report_detail_cells alter column cells set storage main;

create table report_days (
    build    int      not null,
    measure  smallint not null,
    team_id  uuid     not null,
    month    date     not null,
    agent_id uuid     not null,
    detail   text     not null,
    -- How many since the month began, up to the end of its first day, its second and so on. Ends with the last day on
    -- which something was counted.
    days     int[]    not null
);

create table report_months (
    build       int      not null,
    measure     smallint not null,
    team_id     uuid     not null,
    agent_id    uuid     not null,
    detail      text     not null,
    -- As report_month() numbers them.
    first_month int      not null,
    -- How many of all time, up to the end of the first month, the one after it and so on; likewise.
    months      int[]    not null
);

-- Months since the year 0.
create function report_month(day date) returns int
    language sql immutable strict parallel safe
    return 12 * extract(year from day)::int + extract(month from day)::int - 1;

-- Running sums, from the first place on, of what is at these places.
create function report_running(places int[], amounts int[]) returns int[]
    language plpgsql immutable strict parallel safe as $$
declare
    sums int[] := '{0}';
    running int := 0;
begin
    for i in 1 .. cardinality(places) loop
        sums[places[i]] := coalesce(sums[places[i]], 0) + amounts[i];
    end loop;
    for i in 1 .. cardinality(sums) loop
        running := running + coalesce(sums[i], 0);
        sums[i] := running;
    end loop;
    return sums;
end $$;

-- The sum of two rows of running sums. Behind its end each goes on with its last.
create function report_added(one int[], other int[]) returns int[]
    language plpgsql immutable strict parallel safe as $$
declare
    longer int[] := case when cardinality(one) < cardinality(other) then other else one end;
    shorter int[] := case when cardinality(one) < cardinality(other) then one else other end;
begin
    for i in 1 .. cardinality(longer) loop
        longer[i] := longer[i] + shorter[least(i, cardinality(shorter))];
    end loop;
    return longer;
end $$;

-- The same sums, beginning so many places earlier.
create function report_from_earlier(sums int[], places int) returns int[]
    language sql immutable strict parallel safe
    return array_fill(0, array[greatest(0, places)]) || sums;

insert into report_cells (build, measure, team_id, day, cells)
select build, measure, team_id, day, cells from report_day
where agent_id = '00000000-0000-0000-0000-000000000000' and detail = ''
order by day, build, measure, team_id;

insert into report_detail_cells (build, measure, team_id, day, agent_id, detail, cells)
select build, measure, team_id, day, agent_id, detail, cells from report_day
where agent_id <> '00000000-0000-0000-0000-000000000000' or detail <> ''
order by day, build, measure, team_id, agent_id, detail;

insert into report_days (build, measure, team_id, month, agent_id, detail, days)
select build, measure, team_id, date_trunc('month', day::timestamp)::date as month, agent_id, detail,
       report_running(array_agg(extract(day from day)::int), array_agg(total))
from report_day
group by build, measure, team_id, month, agent_id, detail
order by build, measure, team_id, month, agent_id, detail;

insert into report_months (build, measure, team_id, agent_id, detail, first_month, months)
select m.build, m.measure, m.team_id, m.agent_id, m.detail, m.first_month,
       report_running(array_agg(report_month(m.month) - m.first_month + 1), array_agg(m.total::int))
from (select *, min(report_month(month)) over (partition by build, measure, team_id, agent_id, detail) as first_month
      from report_month) m
group by m.build, m.measure, m.team_id, m.agent_id, m.detail, m.first_month
order by m.build, m.measure, m.team_id, m.agent_id, m.detail;

alter table report_cells add constraint report_cells_pk primary key (build, measure, team_id, day);
alter table report_detail_cells
    add constraint report_detail_cells_pk primary key (build, measure, team_id, day, agent_id, detail);
alter table report_days add constraint report_days_pk primary key (build, measure, team_id, month, agent_id, detail);
alter table report_months add constraint report_months_pk primary key (build, measure, team_id, agent_id, detail);

-- No release has read them: they came with the one that this belongs to.
-- squawk-ignore ban-drop-table
drop table report_day, report_month;

-- Brings a build from what these tickets were counted as to what they are. To be called by one transaction at a time.
create or replace function report_count(target int, numbers bigint[]) returns void
    language plpgsql as $$
declare
    everything constant uuid := '00000000-0000-0000-0000-000000000000';
begin
    with fresh as materialized (
        select * from report_facts(numbers)
    ), former as materialized (
        select t.team_id, f.*
        from report_ticket t
        cross join lateral unnest(t.measures, t.agents, t.quarters, t.buckets, t.details, t.amounts)
            as f (measure, agent_id, quarter, bucket, detail, amount)
        where t.build = target and t.ticket_number = any (numbers)
    ), kept as (
        insert into report_ticket (build, ticket_number, team_id, measures, agents, quarters, buckets, details, amounts)
        select target, f.ticket_number, f.team_id, array_agg(f.measure), array_agg(f.agent_id), array_agg(f.quarter),
               array_agg(f.bucket), array_agg(f.detail), array_agg(f.amount)
        from fresh f group by f.ticket_number, f.team_id
        on conflict (build, ticket_number) do update
            set team_id = excluded.team_id, measures = excluded.measures, agents = excluded.agents,
                quarters = excluded.quarters, buckets = excluded.buckets, details = excluded.details,
                amounts = excluded.amounts
    ), gone as (
        -- Deleted tickets: taken out below, once.
        delete from report_ticket t
        where t.build = target and t.ticket_number = any (numbers)
          and not exists (select from fresh f where f.ticket_number = t.ticket_number)
    ), difference as (
        select c.team_id, c.measure, c.agent_id, c.quarter, c.bucket, c.detail, sum(c.amount)::int as change
        from (select f.team_id, f.measure, f.agent_id, f.quarter, f.bucket, f.detail, f.amount from fresh f
              union all
              select f.team_id, f.measure, f.agent_id, f.quarter, f.bucket, f.detail, -f.amount from former f) c
        group by c.team_id, c.measure, c.agent_id, c.quarter, c.bucket, c.detail having sum(c.amount) <> 0
    ), change as materialized (
        select grain.team_id, grain.agent_id, d.measure, coalesce(d.detail, '') as detail,
               date '1970-01-01' + d.quarter / 96 as day, d.quarter % 96 as quarter, d.bucket, sum(d.change)::int as n
        from difference d
        cross join lateral (values (everything, everything), (d.team_id, everything), (d.team_id, d.agent_id))
            as grain (team_id, agent_id)
        where grain.agent_id is not null
        group by 1, 2, 3, 4, 5, 6, 7
    ), affected as materialized (
        select distinct c.team_id, c.agent_id, c.measure, c.detail, c.day from change c
    ), cell as (
        select c.team_id, c.agent_id, c.measure, c.detail, c.day, c.quarter, c.bucket, sum(c.n)::int as n
        from (select * from change
              union all
              select a.team_id, a.agent_id, a.measure, a.detail, a.day, get_byte(d.cells, 4 * i),
                     get_byte(d.cells, 4 * i + 1), get_byte(d.cells, 4 * i + 2) * 256 + get_byte(d.cells, 4 * i + 3)
              from affected a
              -- Looked up one by one, whatever is thought of a build that has just begun: hence the offset.
              cross join lateral (
                  select k.cells from report_cells k
                  where k.build = target and k.measure = a.measure and k.team_id = a.team_id and k.day = a.day
                    and a.agent_id = everything and a.detail = ''
                  union all
                  select k.cells from report_detail_cells k
                  where k.build = target and k.measure = a.measure and k.team_id = a.team_id and k.day = a.day
                    and k.agent_id = a.agent_id and k.detail = a.detail
                  offset 0) d
              cross join lateral generate_series(0, length(d.cells) / 4 - 1) as i) c
             (team_id, agent_id, measure, detail, day, quarter, bucket, n)
        group by 1, 2, 3, 4, 5, 6, 7
    ), packed as materialized (
        -- Of a day on which nothing is left too: then without cells.
        select c.team_id, c.agent_id, c.measure, c.detail, c.day,
               coalesce(string_agg(
                   int4send((c.quarter << 24) | (c.bucket << 16) | least(65535, c.n - part * 65535)), ''::bytea
                   order by c.quarter, c.bucket, part) filter (where c.n > 0), '') as cells
        from cell c cross join lateral generate_series(0, (c.n - 1) / 65535) as part
        group by 1, 2, 3, 4, 5
    ), by_quarter as (
        insert into report_cells (build, measure, team_id, day, cells)
        select target, p.measure, p.team_id, p.day, p.cells from packed p
        where p.agent_id = everything and p.detail = ''
        on conflict on constraint report_cells_pk do update set cells = excluded.cells
    ), by_quarter_and_detail as (
        insert into report_detail_cells (build, measure, team_id, day, agent_id, detail, cells)
        select target, p.measure, p.team_id, p.day, p.agent_id, p.detail, p.cells from packed p
        where p.agent_id <> everything or p.detail <> ''
        on conflict on constraint report_detail_cells_pk do update set cells = excluded.cells
    ), day_change as materialized (
        select c.team_id, c.agent_id, c.measure, c.detail, c.day, sum(c.n)::int as n
        from change c group by 1, 2, 3, 4, 5 having sum(c.n) <> 0
    ), by_day as (
        insert into report_days as kept (build, measure, team_id, month, agent_id, detail, days)
        select target, c.measure, c.team_id, date_trunc('month', c.day::timestamp)::date as month, c.agent_id, c.detail,
               report_running(array_agg(extract(day from c.day)::int), array_agg(c.n))
        from day_change c group by c.measure, c.team_id, month, c.agent_id, c.detail
        on conflict on constraint report_days_pk do update set days = report_added(kept.days, excluded.days)
    )
    insert into report_months as kept (build, measure, team_id, agent_id, detail, first_month, months)
    select target, c.measure, c.team_id, c.agent_id, c.detail, min(c.month),
           report_running(array_agg(c.month - c.first_month + 1), array_agg(c.n))
    from (select d.*, report_month(d.day) as month,
                 min(report_month(d.day)) over (partition by d.measure, d.team_id, d.agent_id, d.detail) as first_month
          from day_change d) c
    group by c.measure, c.team_id, c.agent_id, c.detail
    on conflict on constraint report_months_pk do update
        set first_month = least(kept.first_month, excluded.first_month),
            months = report_added(report_from_earlier(kept.months, kept.first_month - excluded.first_month),
                                  report_from_earlier(excluded.months, excluded.first_month - kept.first_month));
end $$;

-- Deletes some of a build that another has taken the place of, and returns whether there may be more.
create or replace function report_forget_step(most int) returns boolean
    language plpgsql as $$
declare
    old int;
    gone int;
begin
    select min(b.build) into old from report_build b
    where b.finished_at is not null and not b.is_current;
    if old is null then
        return false;
    end if;
    delete from report_cells where ctid = any (array(select c.ctid from report_cells c where c.build = old limit most));
    get diagnostics gone = row_count;
    if gone = 0 then
        delete from report_detail_cells
        where ctid = any (array(select c.ctid from report_detail_cells c where c.build = old limit most));
        get diagnostics gone = row_count;
    end if;
    if gone = 0 then
        delete from report_days
        where ctid = any (array(select d.ctid from report_days d where d.build = old limit most));
        get diagnostics gone = row_count;
    end if;
    if gone = 0 then
        delete from report_months
        where ctid = any (array(select m.ctid from report_months m where m.build = old limit most));
        get diagnostics gone = row_count;
    end if;
    if gone = 0 then
        delete from report_ticket
        where ctid = any (array(select t.ctid from report_ticket t where t.build = old limit most));
        get diagnostics gone = row_count;
    end if;
    if gone = 0 then
        delete from report_build where build = old;
    end if;
    return true;
end $$;
