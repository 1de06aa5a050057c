-- Reads all tickets, beside whoever changes them.
set local lock_timeout = '3s';
alter table ticket
    validate constraint ticket_merged_elsewhere,
    validate constraint ticket_merged_into_fk;
