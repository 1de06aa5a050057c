-- What is snoozed, and when the next one wakes: few tickets. An attempt that was broken off leaves an index that is not
-- valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_snoozed_idx;

create index concurrently ticket_snoozed_idx on ticket (snoozed_until, number) where snoozed_at is not null;

set lock_timeout = '3s';
