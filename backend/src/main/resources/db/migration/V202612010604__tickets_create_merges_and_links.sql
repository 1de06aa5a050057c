set local lock_timeout = '3s';

-- Tickets that were merged into another in one go, and what is needed to bring each back.
create table ticket_merge (
    id             uuid        not null default uuidv7(),
    target_number  bigint      not null,
    -- What the merge changed on the target: before it, and after it. What has become something else since is left alone.
    target_before  jsonb       not null,
    target_after   jsonb       not null,
    merged_by      uuid        not null,
    merged_at      timestamptz not null,
    undone_by      uuid,
    undone_at      timestamptz,
    constraint ticket_merge_pk primary key (id),
    constraint ticket_merge_target_fk foreign key (target_number) references ticket (number),
    constraint ticket_merge_merged_by_fk foreign key (merged_by) references person (id),
    constraint ticket_merge_undone_by_fk foreign key (undone_by) references person (id),
    constraint ticket_merge_undone_whole check ((undone_by is null) = (undone_at is null))
);
create index ticket_merge_target_idx on ticket_merge (target_number, id);

create table ticket_merge_part (
    merge_id      uuid   not null,
    ticket_number bigint not null,
    -- As it was before.
    before        jsonb  not null,
    constraint ticket_merge_part_pk primary key (merge_id, ticket_number),
    constraint ticket_merge_part_merge_fk foreign key (merge_id) references ticket_merge (id),
    constraint ticket_merge_part_ticket_fk foreign key (ticket_number) references ticket (number)
);
create index ticket_merge_part_ticket_idx on ticket_merge_part (ticket_number);

-- What one ticket is to another; read from both ends.
create table ticket_link (
    id          uuid        not null default uuidv7(),
    from_number bigint      not null,
    kind        text        not null,
    to_number   bigint      not null,
    created_by  uuid        not null,
    created_at  timestamptz not null,
    constraint ticket_link_pk primary key (id),
    constraint ticket_link_once unique (from_number, kind, to_number),
    constraint ticket_link_from_fk foreign key (from_number) references ticket (number),
    constraint ticket_link_to_fk foreign key (to_number) references ticket (number),
    constraint ticket_link_created_by_fk foreign key (created_by) references person (id),
    constraint ticket_link_kind_known check (kind in ('RELATED', 'DUPLICATE_OF', 'BLOCKS')),
    -- What is the same from both ends is kept once.
    constraint ticket_link_two_ends check (from_number <> to_number and (kind <> 'RELATED' or from_number < to_number))
);
create index ticket_link_to_idx on ticket_link (to_number);

-- Messages that were made a ticket of their own, and where they come from.
create table ticket_split (
    ticket_number bigint      not null,
    from_number   bigint      not null,
    message_ids   bigint[]    not null,
    -- What the messages said of the other ticket, before and after: brought back where nobody has written since.
    speech_before jsonb       not null,
    speech_after  jsonb       not null,
    split_by      uuid        not null,
    split_at      timestamptz not null,
    undone_at     timestamptz,
    constraint ticket_split_pk primary key (ticket_number),
    constraint ticket_split_ticket_fk foreign key (ticket_number) references ticket (number),
    constraint ticket_split_from_fk foreign key (from_number) references ticket (number),
    constraint ticket_split_by_fk foreign key (split_by) references person (id)
);
create index ticket_split_from_idx on ticket_split (from_number);
