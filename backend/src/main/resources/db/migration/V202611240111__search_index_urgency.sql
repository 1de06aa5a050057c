-- Takes the place of ticket_urgency_idx, which goes once no release asks for it.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_by_urgency_idx;

create index concurrently ticket_by_urgency_idx on ticket (ticket_urgency(priority), number);

set lock_timeout = '3s';
