set local lock_timeout = '3s';

-- Durations are kept in buckets that grow by the eighth root of two: nine percent, from half a minute on.
create function report_bucket(duration interval) returns int
    language sql immutable strict parallel safe
    return least(255, floor(8 * ln(1 + greatest(0, extract(epoch from duration)::float8) / 30) / ln(2::float8)))::int;

-- Quarters of an hour since 1970.
create function report_quarter(at timestamptz) returns int
    language sql immutable strict parallel safe
    return floor(extract(epoch from at) / 900)::int;

-- All that these tickets add to the reports, from what they and their histories are now. In the database, because two
-- releases count at the same time and must not disagree. Measures: 1 opened, 2 reopened, 3 resolved, 4 cancelled,
-- 5 first reply, 6 resolution, 7 public reply, 8 internal note, 9 opened with a tag.
create function report_facts(numbers bigint[])
    returns table (ticket_number bigint, team_id uuid, measure int, agent_id uuid, quarter int, bucket int, detail text,
                   amount int)
    language sql stable as $$
    with subject as materialized (
        select t.* from ticket t where t.number = any (numbers)
    ), step as materialized (
        select e.ticket_number, e.occurred_at, e.from_value, e.to_value,
               e.from_value in ('RESOLVED', 'CLOSED', 'CANCELLED') as was_done,
               e.to_value in ('RESOLVED', 'CLOSED', 'CANCELLED') as is_done,
               row_number() over (partition by e.ticket_number order by e.id) as position
        from ticket_event e where e.ticket_number = any (numbers) and e.kind = 'STATUS'
    ), happened as (
        select s.number, 1 as measure, s.assignee_id as agent_id, s.created_at as at, 0 as bucket, null::text as detail
        from subject s
        union all
        select s.number, case when not step.is_done then 2 when step.to_value = 'CANCELLED' then 4 else 3 end,
               s.assignee_id, step.occurred_at, 0, null
        from step join subject s on s.number = step.ticket_number where step.was_done <> step.is_done
        union all
        -- Done before its history begins: brought in from elsewhere.
        select s.number, case coalesce(first.from_value, s.status) when 'CANCELLED' then 4 else 3 end,
               s.assignee_id, coalesce(s.resolved_at, s.created_at), 0, null
        from subject s left join step first on first.ticket_number = s.number and first.position = 1
        where coalesce(first.from_value, s.status) in ('RESOLVED', 'CLOSED', 'CANCELLED')
        union all
        select s.number, 5, s.assignee_id, s.first_replied_at, report_bucket(s.first_replied_at - s.created_at), null
        from subject s where s.first_replied_at is not null
        union all
        select s.number, 6, s.assignee_id, s.resolved_at, report_bucket(s.resolved_at - s.created_at), null
        from subject s where s.resolved_at is not null and s.status in ('RESOLVED', 'CLOSED')
        union all
        select m.ticket_number, case m.kind when 'PUBLIC_REPLY' then 7 else 8 end, m.author_id, m.created_at, 0, null
        from message m join person p on p.id = m.author_id and p.role <> 'CUSTOMER'
        where m.ticket_number = any (numbers)
        union all
        select s.number, 9, null, s.created_at, 0, tag from subject s cross join lateral unnest(s.tags) as tag
    )
    select s.number, s.team_id, h.measure, h.agent_id, report_quarter(h.at), h.bucket, h.detail, count(*)::int
    from happened h join subject s on s.number = h.number
    group by s.number, s.team_id, h.measure, h.agent_id, report_quarter(h.at), h.bucket, h.detail
$$;

-- Brings a build from what these tickets were counted as to what they are. To be called by one transaction at a time.
create function report_count(target int, numbers bigint[]) returns void
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
              join report_day d on d.build = target and d.measure = a.measure and d.team_id = a.team_id
                  and d.agent_id = a.agent_id and d.day = a.day and d.detail = a.detail
              cross join lateral generate_series(0, length(d.cells) / 4 - 1) as i) c
             (team_id, agent_id, measure, detail, day, quarter, bucket, n)
        group by 1, 2, 3, 4, 5, 6, 7 having sum(c.n) > 0
    ), packed as (
        select c.team_id, c.agent_id, c.measure, c.detail, c.day, sum(least(65535, c.n - part * 65535))::int as total,
               string_agg(int4send((c.quarter << 24) | (c.bucket << 16) | least(65535, c.n - part * 65535)), ''::bytea
                          order by c.quarter, c.bucket, part) as cells
        from cell c cross join lateral generate_series(0, (c.n - 1) / 65535) as part
        group by 1, 2, 3, 4, 5
    ), by_day as (
        insert into report_day as kept (build, measure, team_id, agent_id, day, detail, cells, total)
        select target, a.measure, a.team_id, a.agent_id, a.day, a.detail, coalesce(p.cells, ''), coalesce(p.total, 0)
        from affected a left join packed p using (team_id, agent_id, measure, detail, day)
        on conflict on constraint report_day_pk do update set cells = excluded.cells, total = excluded.total
    )
    insert into report_month as kept (build, measure, team_id, agent_id, month, detail, total)
    select target, c.measure, c.team_id, c.agent_id, date_trunc('month', c.day::timestamp)::date, c.detail, sum(c.n)
    from change c group by 2, 3, 4, 5, 6 having sum(c.n) <> 0
    on conflict on constraint report_month_pk do update set total = kept.total + excluded.total;
end $$;

-- Counts again what waits, and returns how many rows that were; 0 as well where somebody else is at it.
create function report_drain(most int) returns int
    language plpgsql as $$
declare
    taken int;
    numbers bigint[];
    target record;
begin
    if not pg_try_advisory_xact_lock(x'7EA10017'::bigint) then
        return 0;
    end if;
    -- A statement of its own: the next one has a later snapshot, and sees whatever the rows were written for.
    with gone as (
        delete from report_queue where id in (select q.id from report_queue q order by q.id limit most)
        returning ticket_number)
    select count(*), array_agg(distinct gone.ticket_number) into taken, numbers from gone;
    if taken > 0 then
        -- What a build has not reached yet it will read by itself.
        for target in
            select b.build, array(select n from unnest(numbers) as n where n <= b.done_up_to) as reached
            from report_build b
            where b.is_current or b.finished_at is null
        loop
            if cardinality(target.reached) > 0 then
                perform report_count(target.build, target.reached);
            end if;
        end loop;
    end if;
    return taken;
end $$;

-- Asks for a new counting of everything, unless one is under way.
create function report_rebuild() returns void
    language sql as $$
    insert into report_build (done_up_to) select 0
    where not exists (select from report_build b where b.finished_at is null)
$$;

-- Takes a build that is under way some tickets further, and returns whether there is more to do.
create function report_build_step(most int) returns boolean
    language plpgsql as $$
declare
    target record;
    numbers bigint[];
begin
    perform pg_advisory_xact_lock(x'7EA10017'::bigint);
    select b.build, b.done_up_to into target from report_build b where b.finished_at is null order by b.build limit 1;
    if target.build is null then
        return false;
    end if;
    numbers := array(select t.number from ticket t where t.number > target.done_up_to order by t.number limit most);
    if cardinality(numbers) > 0 then
        perform report_count(target.build, numbers);
        update report_build set done_up_to = numbers[cardinality(numbers)] where build = target.build;
        return true;
    end if;
    update report_build set is_current = false where is_current;
    update report_build set is_current = true, finished_at = now(), done_up_to = 9223372036854775807
    where build = target.build;
    return false;
end $$;

-- Deletes some of a build that another has taken the place of, and returns whether there may be more.
create function report_forget_step(most int) returns boolean
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
    delete from report_day where ctid = any (array(select d.ctid from report_day d where d.build = old limit most));
    get diagnostics gone = row_count;
    if gone = 0 then
        delete from report_month where ctid = any (array(select m.ctid from report_month m where m.build = old limit most));
        get diagnostics gone = row_count;
    end if;
    if gone = 0 then
        delete from report_ticket where ctid = any (array(select t.ctid from report_ticket t where t.build = old limit most));
        get diagnostics gone = row_count;
    end if;
    if gone = 0 then
        delete from report_build where build = old;
    end if;
    return true;
end $$;
