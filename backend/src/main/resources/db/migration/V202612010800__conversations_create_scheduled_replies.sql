set local lock_timeout = '3s';

-- Public replies that their author has sent and that have not gone out: held for a moment in which they can be taken
-- back, or until a time that was chosen (docs/adr/0026). No customer ever reads from here.
create table scheduled_reply (
    id                   uuid        not null default uuidv7(),
    ticket_number        bigint      not null,
    author_id            uuid        not null,
    -- HELD for a moment, SCHEDULED for a time.
    kind                 text        not null,
    body_markdown        text        not null,
    then_status          text,
    -- When the ticket comes back where the customer has not answered.
    remind_at            timestamptz,
    -- Not a reference, as it is only compared.
    last_seen_message_id bigint      not null,
    send_anyway          boolean     not null,
    -- Whether the ticket was resolved or closed already when this was asked for.
    was_done             boolean     not null,
    state                text        not null default 'WAITING',
    returned_because     text,
    -- What has become of it; not a reference, as it is only told.
    message_id           bigint,
    send_at              timestamptz not null,
    -- When it is tried: at send_at, later after a failure.
    try_at               timestamptz not null,
    attempts             int         not null default 0,
    created_at           timestamptz not null,
    changed_at           timestamptz not null,
    constraint scheduled_reply_pk primary key (id),
    constraint scheduled_reply_ticket_fk foreign key (ticket_number) references ticket (number) on delete cascade,
    constraint scheduled_reply_author_fk foreign key (author_id) references person (id) on delete cascade,
    constraint scheduled_reply_kind_known check (kind in ('HELD', 'SCHEDULED')),
    constraint scheduled_reply_state_known check (state in ('WAITING', 'RETURNED', 'WITHDRAWN', 'SENT')),
    constraint scheduled_reply_returned_with_reason check ((state = 'RETURNED') = (returned_because is not null)),
    constraint scheduled_reply_sent_as_message check ((state = 'SENT') = (message_id is not null)),
    constraint scheduled_reply_body_length check (length(body_markdown) <= 50000)
);
create index scheduled_reply_due_idx on scheduled_reply (try_at) where state = 'WAITING';
create index scheduled_reply_ticket_idx on scheduled_reply (ticket_number) where state in ('WAITING', 'RETURNED');
create index scheduled_reply_author_idx on scheduled_reply (author_id, send_at);
create index scheduled_reply_over_idx on scheduled_reply (changed_at) where state in ('SENT', 'WITHDRAWN');

-- Uploads that wait for their message; they are not forgotten while it is there.
create table scheduled_reply_attachment (
    reply_id      uuid not null,
    attachment_id uuid not null,
    position      int  not null,
    constraint scheduled_reply_attachment_pk primary key (reply_id, position),
    constraint scheduled_reply_attachment_reply_fk foreign key (reply_id)
        references scheduled_reply (id) on delete cascade,
    constraint scheduled_reply_attachment_attachment_fk foreign key (attachment_id) references attachment (id)
);
create index scheduled_reply_attachment_attachment_idx on scheduled_reply_attachment (attachment_id);

-- Colleagues who look at the ticket see it come and go. Staff alone hear of live events.
create function live_event_of_scheduled_reply() returns trigger
    language plpgsql as $$
begin
    insert into live_event (ticket_number, change) values (new.ticket_number, 'SCHEDULED_REPLY');
    perform pg_notify('live', '');
    return null;
end $$;

create trigger scheduled_reply_live after insert or update of state, send_at, ticket_number on scheduled_reply
    for each row execute function live_event_of_scheduled_reply();
