-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table ticket in share update exclusive mode;
set local lock_timeout = '1s';

-- By triggers, because during a release the tasks of the release before write as well, and know nothing of the queue.
create function search_queue_new_tickets() returns trigger
    language plpgsql as $$
begin
    insert into search_queue (ticket_number) select number from added;
    return null;
end $$;

-- Only what the document holds: a status, a team or a date is looked up in the ticket itself.
create function search_queue_changed_tickets() returns trigger
    language plpgsql as $$
begin
    insert into search_queue (ticket_number)
    select after_it.number from after_it join before_it on before_it.number = after_it.number
    where (after_it.subject, after_it.tags, after_it.requester_id, after_it.organisation_id)
          is distinct from (before_it.subject, before_it.tags, before_it.requester_id, before_it.organisation_id);
    return null;
end $$;

create function search_queue_deleted_tickets() returns trigger
    language plpgsql as $$
begin
    insert into search_queue (ticket_number) select number from removed;
    return null;
end $$;

create trigger ticket_search_added after insert on ticket
    referencing new table as added for each statement execute function search_queue_new_tickets();
create trigger ticket_search_changed after update on ticket
    referencing old table as before_it new table as after_it for each statement
    execute function search_queue_changed_tickets();
create trigger ticket_search_removed after delete on ticket
    referencing old table as removed for each statement execute function search_queue_deleted_tickets();
