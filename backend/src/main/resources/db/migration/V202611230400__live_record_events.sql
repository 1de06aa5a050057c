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
