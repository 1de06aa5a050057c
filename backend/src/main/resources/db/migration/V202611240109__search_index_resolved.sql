-- An attempt that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_resolved_idx;

create index concurrently ticket_resolved_idx on ticket (resolved_at) where resolved_at is not null;

set lock_timeout = '3s';
