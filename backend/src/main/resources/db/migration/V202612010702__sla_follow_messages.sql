-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table message in share update exclusive mode;
set local lock_timeout = '1s';

create trigger message_sla after insert on message
    referencing new table as added for each statement execute function sla_queue_ticket();
