-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table message_attachment in share update exclusive mode;
set local lock_timeout = '1s';

create function search_queue_attachments() returns trigger
    language plpgsql as $$
begin
    insert into search_queue (ticket_number)
    select distinct m.ticket_number from touched join message m on m.id = touched.message_id;
    return null;
end $$;

create trigger message_attachment_search_added after insert on message_attachment
    referencing new table as touched for each statement execute function search_queue_attachments();
create trigger message_attachment_search_removed after delete on message_attachment
    referencing old table as touched for each statement execute function search_queue_attachments();
