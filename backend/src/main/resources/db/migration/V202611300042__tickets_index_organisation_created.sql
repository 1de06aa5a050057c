-- A heavy organisation's tickets by creation, without sorting all of them. An attempt that was broken off leaves an index
-- that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_organisation_created_idx;

create index concurrently ticket_organisation_created_idx on ticket (organisation_id, created_at desc, number desc);

set lock_timeout = '3s';
