-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table message in share update exclusive mode;
set local lock_timeout = '1s';

-- A message that moves to another ticket is missed by the one it leaves, which no other trigger names.
create function search_queue_left_tickets() returns trigger
    language plpgsql as $$
begin
    insert into search_queue (ticket_number)
    select distinct before_it.ticket_number
    from before_it join after_it on after_it.id = before_it.id
    where after_it.ticket_number <> before_it.ticket_number;
    return null;
end $$;

create trigger message_search_moved after update on message
    referencing old table as before_it new table as after_it for each statement
    execute function search_queue_left_tickets();
