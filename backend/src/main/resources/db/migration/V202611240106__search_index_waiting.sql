-- The order by how long the requester waits. An attempt that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_waiting_idx;

create index concurrently ticket_waiting_idx on ticket (ticket_waiting_since(last_message_by, last_message_at), number);

set lock_timeout = '3s';
