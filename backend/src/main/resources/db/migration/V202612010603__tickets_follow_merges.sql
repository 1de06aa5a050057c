set local lock_timeout = '3s';

-- Where a ticket leads to: itself, unless it was merged.
create function ticket_root(bigint) returns bigint
    language sql stable parallel safe as $$
    with recursive up (number, next) as (
        select t.number, case when t.status = 'CLOSED' then t.merged_into end from ticket t where t.number = $1
        union
        select t.number, case when t.status = 'CLOSED' then t.merged_into end from up join ticket t on t.number = up.next
    )
    select up.number from up where up.next is null
$$;

-- A ticket and all that has become part of it.
create function ticket_parts(bigint) returns setof bigint
    language sql stable parallel safe rows 1 as $$
    with recursive part (number) as (
        select $1
        union
        select t.number from part join ticket t on t.merged_into = part.number and t.status = 'CLOSED'
    )
    select part.number from part
$$;
