set local lock_timeout = '3s';

-- The answer to a request that creates something, kept so that a repeated request gets the same answer.
create table idempotent_request (
    person_id       uuid        not null,
    idempotency_key text        not null,
    fingerprint     text        not null,
    -- Null only inside the transaction of the first request.
    body            text,
    created_at      timestamptz not null,
    constraint idempotent_request_pk primary key (person_id, idempotency_key),
    constraint idempotent_request_person_fk foreign key (person_id) references person (id)
);
create index idempotent_request_created_idx on idempotent_request (created_at);

-- Token buckets, in the shape that bucket4j's PostgreSQL proxy manager reads and writes.
create table throttle (
    id         text not null,
    state      bytea,
    expires_at bigint,
    constraint throttle_pk primary key (id)
);
create index throttle_expires_idx on throttle (expires_at);

-- db-scheduler's own table, as its documentation gives it for PostgreSQL.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    constraint scheduled_tasks_pk primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time_idx on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat_idx on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc);

-- Mail that waits to leave, written in the transaction of the change it tells of.
create table outbox_mail (
    id              uuid        not null default uuidv7(),
    -- Fixed here, so that a mail sent twice after a crash carries the same Message-ID and the receiver can drop one.
    message_id      text        not null,
    recipient       text        not null,
    recipient_name  text        not null default '',
    subject         text        not null,
    body_text       text        not null,
    -- Holds a single-use link: the text is blanked once the mail has left.
    confidential    boolean     not null default false,
    headers         jsonb       not null default '{}',
    state           text        not null default 'WAITING',
    attempts        int         not null default 0,
    send_after      timestamptz not null,
    created_at      timestamptz not null,
    sent_at         timestamptz,
    last_error      text,
    constraint outbox_mail_pk primary key (id),
    constraint outbox_mail_message_id_unique unique (message_id),
    constraint outbox_mail_state_known check (state in ('WAITING', 'SENT', 'FAILED'))
);
create index outbox_mail_waiting_idx on outbox_mail (send_after) where state = 'WAITING';
