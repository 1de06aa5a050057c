-- No release that is still about asks for these: ticket_urgency() has its own index, and the facets hold the tags. Each
-- change of a ticket wrote to them.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_urgency_idx;
drop index concurrently if exists ticket_tags_idx;

set lock_timeout = '3s';
