-- An attempt that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_active_waiting_idx;

create index concurrently ticket_active_waiting_idx on ticket (ticket_waiting_since(last_message_by, last_message_at), number)
    where status in ('OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY');

set lock_timeout = '3s';
