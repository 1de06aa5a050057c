set local lock_timeout = '1s';

create trigger message_report after insert on message
    referencing new table as added for each statement execute function report_queue_ticket();
