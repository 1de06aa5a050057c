-- Filters that few tickets pass (docs/adr/0015). Without a list of pending entries, which every read would walk. An
-- attempt that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_facets_idx;

create index concurrently ticket_facets_idx on ticket using gin
    (ticket_facets(status, priority, team_id, assignee_id, organisation_id, requester_id, last_message_by, tags))
    with (fastupdate = off);

set lock_timeout = '3s';
