-- A heavy requester's tickets by creation, without sorting all of them; the team for those who see some teams only. An
-- attempt that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_requester_created_idx;

create index concurrently ticket_requester_created_idx on ticket
    (requester_id, created_at desc, number desc, team_id);

set lock_timeout = '3s';
