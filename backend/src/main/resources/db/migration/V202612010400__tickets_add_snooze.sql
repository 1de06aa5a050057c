-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table ticket in share update exclusive mode;
set local lock_timeout = '1s';

-- Snoozed or not is said beside the status (docs/adr/0022), which the release before goes on reading and writing.
alter table ticket
    add column snoozed_at    timestamptz,
    -- None for until the customer answers.
    add column snoozed_until timestamptz,
    add column snoozed_by    uuid,
    -- Looked at by the next migration, which keeps nobody waiting.
    add constraint ticket_snooze_whole check (
        (snoozed_at is null) = (snoozed_by is null)
        and (snoozed_until is null or (snoozed_at is not null and snoozed_until > snoozed_at))) not valid,
    add constraint ticket_snoozed_by_fk foreign key (snoozed_by) references person (id) not valid;
