-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table ticket in share update exclusive mode;
set local lock_timeout = '1s';

-- A merged ticket is closed and says what it has become part of (docs/adr/0024). One that the release before reopens is
-- merged no more, though its column still says so.
alter table ticket
    add column merged_into bigint,
    -- Looked at by the next migration, which keeps nobody waiting.
    add constraint ticket_merged_elsewhere check (merged_into <> number) not valid,
    add constraint ticket_merged_into_fk foreign key (merged_into) references ticket (number) not valid;
