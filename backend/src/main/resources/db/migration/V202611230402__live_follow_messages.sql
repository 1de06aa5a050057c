set local lock_timeout = '3s';

-- Not in one transaction with the other table's trigger: whoever writes to both, in either order, would lock up with it.
create function live_event_of_message() returns trigger
    language plpgsql as $$
begin
    insert into live_event (ticket_number, change, message_id)
    select ticket_number, kind, id from added order by id;
    perform pg_notify('live', '');
    return null;
end $$;

create trigger message_live after insert on message
    referencing new table as added for each statement execute function live_event_of_message();
