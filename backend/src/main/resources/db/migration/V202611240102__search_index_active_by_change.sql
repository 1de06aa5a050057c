-- Each order once more over what is not done: a few of a hundred tickets, and most of what is asked for. An attempt
-- that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_active_updated_idx;

create index concurrently ticket_active_updated_idx on ticket (updated_at desc, number desc)
    where status in ('OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY');

set lock_timeout = '3s';
