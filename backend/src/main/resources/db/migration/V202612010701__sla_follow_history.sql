-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table ticket_event in share update exclusive mode;
set local lock_timeout = '1s';

-- By triggers, because during a release the tasks of the release before write as well, and know nothing of the clocks.
-- Every change of a ticket that a clock follows has its line of history or its message in the same transaction.
create function sla_queue_ticket() returns trigger
    language plpgsql as $$
begin
    insert into sla_queue (ticket_number) select distinct ticket_number from added;
    return null;
end $$;

create trigger ticket_event_sla after insert on ticket_event
    referencing new table as added for each statement execute function sla_queue_ticket();
