-- The numbers of the first page, from the index alone. An attempt that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_active_idx;

create index concurrently ticket_active_idx on ticket (team_id, priority, assignee_id, due_at)
    where status in ('OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY');

set lock_timeout = '3s';
