-- An attempt that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_first_replied_idx;

create index concurrently ticket_first_replied_idx on ticket (first_replied_at) where first_replied_at is not null;

set lock_timeout = '3s';
