-- Ranges of dates that no order stands for. An attempt that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_last_message_idx;

create index concurrently ticket_last_message_idx on ticket (last_message_at);

set lock_timeout = '3s';
