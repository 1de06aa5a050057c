-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table message in share update exclusive mode;
set local lock_timeout = '1s';

-- Not in one transaction with another table's triggers: whoever writes to both, in either order, would lock up with it.
create function search_queue_messages() returns trigger
    language plpgsql as $$
begin
    insert into search_queue (ticket_number) select distinct ticket_number from touched;
    return null;
end $$;

create trigger message_search_added after insert on message
    referencing new table as touched for each statement execute function search_queue_messages();
create trigger message_search_changed after update on message
    referencing new table as touched for each statement execute function search_queue_messages();
create trigger message_search_removed after delete on message
    referencing old table as touched for each statement execute function search_queue_messages();
