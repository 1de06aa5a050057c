set local lock_timeout = '3s';

-- Most urgent first, as TicketPriority.urgencyRank() says it; for sorting and for the index below.
create function ticket_urgency_rank(priority text) returns int
    language sql immutable strict parallel safe
    return case priority when 'CRITICAL' then 0 when 'HIGH' then 1 when 'MEDIUM' then 2 else 3 end;

create index ticket_urgency_idx on ticket (ticket_urgency_rank(priority), number);
create index ticket_due_or_never_idx on ticket ((coalesce(due_at, 'infinity')), number);
