set local lock_timeout = '3s';

-- What a ticket can be found by, as the keys of one GIN index. The mark before a name keeps it apart from tags, which
-- never begin with it. All three functions are single expressions and not strict, so that the planner puts
-- them in place of the call: a walk works the key of its order out for every row.
create function ticket_facets(
    status text, priority text, team_id uuid, assignee_id uuid, organisation_id uuid, requester_id uuid,
    last_message_by text, tags text[]) returns text[]
    language sql immutable parallel safe
    return array[
        '=s:' || status,
        '=p:' || priority,
        '=t:' || team_id::text,
        '=a:' || coalesce(assignee_id::text, 'none'),
        '=o:' || coalesce(organisation_id::text, 'none'),
        '=r:' || requester_id::text,
        '=b:' || last_message_by
    ] || case when tags = '{}'::text[] then array['=g:none'] else tags end;

-- Since when the requester waits for a word of ours; for ever where staff spoke last.
create function ticket_waiting_since(last_message_by text, last_message_at timestamptz) returns timestamptz
    language sql immutable parallel safe
    return case when last_message_by = 'REQUESTER' then last_message_at else timestamptz 'infinity' end;

-- The same as ticket_urgency_rank(), which is strict.
create function ticket_urgency(priority text) returns int
    language sql immutable parallel safe
    return case priority when 'CRITICAL' then 0 when 'HIGH' then 1 when 'MEDIUM' then 2 else 3 end;
