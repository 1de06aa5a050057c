-- Reads all tickets, beside whoever changes them.
set local lock_timeout = '3s';
alter table ticket
    validate constraint ticket_snooze_whole,
    validate constraint ticket_snoozed_by_fk;
