-- Who asks for what was opened before a day, the last change first, would walk past all that was opened since. Here each
-- month's tickets are in that order, to be merged; when in the month comes last, for the months at the edges. An attempt
-- that was broken off leaves an index that is not valid.
-- It waits for transactions that are open; nobody waits for it.
set lock_timeout = '10min';

drop index concurrently if exists ticket_month_opened_idx;

create index concurrently ticket_month_opened_idx on ticket
    (date_bin(interval '720 hours', created_at, timestamptz '1970-01-01 00:00:00+00'),
     updated_at desc, number desc, created_at);

set lock_timeout = '3s';
