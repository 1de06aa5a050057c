-- What has become part of which ticket: few tickets. An attempt that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_merged_into_idx;

create index concurrently ticket_merged_into_idx on ticket (merged_into) where merged_into is not null;

set lock_timeout = '3s';
