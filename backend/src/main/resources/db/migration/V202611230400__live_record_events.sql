set local lock_timeout = '3s';

-- What changed, for whoever is looking at it just now. Kept for a day, so that a reader can go on where it stopped.
create table live_event (
    id            bigint generated always as identity,
    -- Ids are given out before transactions commit, in another order: a reader that remembers the highest id it saw
    -- misses what commits late. It remembers a snapshot instead, and reads what that snapshot could not see.
    transaction   xid8        not null default pg_current_xact_id(),
    ticket_number bigint      not null,
    -- A kind of history (ticket_event.kind) or of message (message.kind).
    change        text        not null,
    message_id    bigint,
    -- Whose lists the ticket has just left; its members are told that much, though they may not see it any more.
    left_team_id  uuid,
    occurred_at   timestamptz not null default now(),
    constraint live_event_pk primary key (id)
);
create index live_event_transaction_idx on live_event (transaction);

-- By triggers, because during a release the tasks of the release before write as well, and know nothing of this table.
create function live_event_of_history() returns trigger
    language plpgsql as $$
begin
    insert into live_event (ticket_number, change, left_team_id)
    select ticket_number, kind, case when kind = 'TEAM' then from_value::uuid end from added order by id;
    perform pg_notify('live', '');
    return null;
end $$;

create function live_event_of_message() returns trigger
    language plpgsql as $$
begin
    insert into live_event (ticket_number, change, message_id)
    select ticket_number, kind, id from added order by id;
    perform pg_notify('live', '');
    return null;
end $$;

create trigger ticket_event_live after insert on ticket_event
    referencing new table as added for each statement execute function live_event_of_history();
create trigger message_live after insert on message
    referencing new table as added for each statement execute function live_event_of_message();
