set local lock_timeout = '3s';

-- One for all drafts, so that a draft deleted and begun anew is never taken for the one before.
create sequence message_draft_version_seq;

-- What somebody has written on a ticket and not sent: one reply and one note. Written again every few seconds while
-- somebody types, so no index but on who and where, and a third of each page is left for that.
create table message_draft (
    ticket_number bigint      not null,
    person_id     uuid        not null,
    kind          text        not null,
    body_markdown text        not null,
    -- The newest message when writing began; not a reference, as it is only compared.
    begun_after   bigint,
    version       bigint      not null default nextval('message_draft_version_seq'),
    updated_at    timestamptz not null,
    constraint message_draft_pk primary key (ticket_number, person_id, kind),
    constraint message_draft_ticket_fk foreign key (ticket_number) references ticket (number) on delete cascade,
    constraint message_draft_person_fk foreign key (person_id) references person (id) on delete cascade,
    constraint message_draft_kind_known check (kind in ('REPLY', 'NOTE')),
    constraint message_draft_body_length check (length(body_markdown) <= 50000)
) with (fillfactor = 66);
create index message_draft_person_idx on message_draft (person_id);

-- Uploads that wait for their message. A draft holds them: they are not forgotten while it is there.
create table message_draft_attachment (
    ticket_number bigint not null,
    person_id     uuid   not null,
    kind          text   not null,
    attachment_id uuid   not null,
    position      int    not null,
    constraint message_draft_attachment_pk primary key (ticket_number, person_id, kind, attachment_id),
    constraint message_draft_attachment_draft_fk foreign key (ticket_number, person_id, kind)
        references message_draft (ticket_number, person_id, kind) on delete cascade,
    constraint message_draft_attachment_attachment_fk foreign key (attachment_id) references attachment (id)
);
create index message_draft_attachment_attachment_idx on message_draft_attachment (attachment_id);
