set local lock_timeout = '3s';

create sequence ticket_number_seq start with 10001;

create table ticket (
    number            bigint      not null,
    subject           text        not null,
    status            text        not null,
    priority          text        not null,
    requester_id      uuid        not null,
    -- The requester's organisation when the ticket was opened.
    organisation_id   uuid,
    team_id           uuid        not null,
    assignee_id       uuid,
    tags              text[]      not null default '{}',
    due_at            timestamptz,
    created_at        timestamptz not null,
    -- Last change of any kind that a reader of the list would want to know of.
    updated_at        timestamptz not null,
    -- First public reply by staff.
    first_replied_at  timestamptz,
    resolved_at       timestamptz,
    -- Newest message, kept here so that lists need no join to messages.
    last_message_at   timestamptz not null,
    last_message_by   text        not null,
    version           bigint      not null default 0,
    constraint ticket_pk primary key (number),
    constraint ticket_requester_fk foreign key (requester_id) references person (id),
    constraint ticket_organisation_fk foreign key (organisation_id) references organisation (id),
    constraint ticket_team_fk foreign key (team_id) references team (id),
    constraint ticket_assignee_fk foreign key (assignee_id) references person (id),
    constraint ticket_subject_length check (length(subject) between 1 and 255),
    constraint ticket_status_known check (status in ('OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER',
        'WAITING_ON_THIRD_PARTY', 'RESOLVED', 'CLOSED', 'CANCELLED')),
    constraint ticket_priority_known check (priority in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    constraint ticket_last_message_by_known check (last_message_by in ('REQUESTER', 'STAFF')),
    constraint ticket_tags_bounded check (cardinality(tags) <= 20)
);
create index ticket_updated_idx on ticket (updated_at desc, number desc);
create index ticket_created_idx on ticket (created_at desc, number desc);
create index ticket_team_status_updated_idx on ticket (team_id, status, updated_at desc, number desc);
create index ticket_assignee_status_updated_idx on ticket (assignee_id, status, updated_at desc, number desc);
create index ticket_requester_updated_idx on ticket (requester_id, updated_at desc, number desc);
create index ticket_organisation_updated_idx on ticket (organisation_id, updated_at desc, number desc);
create index ticket_due_idx on ticket (due_at, number) where due_at is not null;
create index ticket_tags_idx on ticket using gin (tags);
create index ticket_subject_search_idx on ticket using gin (to_tsvector('simple', subject));

-- History: one row for each change, written in the transaction of the change.
create table ticket_event (
    id            bigint generated always as identity,
    ticket_number bigint      not null,
    -- Null for changes made by Tealdesk itself.
    actor_id      uuid,
    kind          text        not null,
    -- An enum's name, an id, an instant in ISO 8601, or a text, as the kind says; null for none.
    from_value    text,
    to_value      text,
    occurred_at   timestamptz not null,
    constraint ticket_event_pk primary key (id),
    constraint ticket_event_ticket_fk foreign key (ticket_number) references ticket (number),
    constraint ticket_event_actor_fk foreign key (actor_id) references person (id)
);
create index ticket_event_ticket_idx on ticket_event (ticket_number, id);
