set local lock_timeout = '3s';

-- One edit of many tickets, asked for at one moment and worked off in batches by whichever task is there.
create table bulk_edit (
    id          uuid        not null default uuidv7(),
    asked_by    uuid        not null,
    -- What to do to each ticket, as JSON that the code has checked; empty where another one is undone.
    action      jsonb       not null,
    undoes_id   uuid,
    -- The newest message there was, for macros that reply: what came later its asker has not seen.
    last_message_id bigint  not null,
    total       integer     not null,
    asked_at    timestamptz not null,
    stopped_at  timestamptz,
    finished_at timestamptz,
    constraint bulk_edit_pk primary key (id),
    constraint bulk_edit_asked_by_fk foreign key (asked_by) references person (id),
    constraint bulk_edit_undoes_fk foreign key (undoes_id) references bulk_edit (id) on delete cascade,
    constraint bulk_edit_undone_once unique (undoes_id),
    constraint bulk_edit_stop_finishes check (stopped_at is null or finished_at is not null)
);
create index bulk_edit_open_idx on bulk_edit (asked_at) where finished_at is null;
create index bulk_edit_finished_idx on bulk_edit (finished_at) where finished_at is not null;
create index bulk_edit_asked_by_idx on bulk_edit (asked_by, asked_at);

-- Its tickets as they were chosen, and what became of each. Not a foreign key: adding thousands would wait for everybody
-- who is just changing one of them.
create table bulk_edit_ticket (
    bulk_edit_id  uuid   not null,
    ticket_number bigint not null,
    -- None while it waits.
    outcome       text,
    -- Why it was refused: the type of a problem, and the part of the edit.
    reason        text,
    part          text,
    -- What was changed, from what to what: an undo restores it.
    changes       jsonb,
    constraint bulk_edit_ticket_pk primary key (bulk_edit_id, ticket_number),
    constraint bulk_edit_ticket_edit_fk foreign key (bulk_edit_id) references bulk_edit (id) on delete cascade,
    constraint bulk_edit_ticket_outcome_known check (
        outcome in ('CHANGED', 'UNCHANGED', 'KEPT', 'REFUSED', 'STOPPED'))
);
create index bulk_edit_ticket_waiting_idx on bulk_edit_ticket (bulk_edit_id, ticket_number) where outcome is null;
