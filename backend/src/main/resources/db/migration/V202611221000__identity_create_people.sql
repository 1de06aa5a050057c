set local lock_timeout = '3s';

create extension if not exists citext;
create extension if not exists pg_trgm;

create table organisation (
    id             uuid        not null default uuidv7(),
    name           citext      not null,
    -- Whether members see each other's tickets.
    shares_tickets boolean     not null default false,
    created_at     timestamptz not null,
    version        bigint      not null default 0,
    constraint organisation_pk primary key (id),
    constraint organisation_name_unique unique (name),
    constraint organisation_name_length check (length(name) between 1 and 120)
);

create table person (
    id                uuid        not null default uuidv7(),
    email             citext      not null,
    name              text        not null,
    role              text        not null,
    organisation_id   uuid,
    -- Null until a password is chosen: people known from mail alone, and open invitations.
    password_hash     text,
    email_verified_at timestamptz,
    locale            text        not null default 'en',
    deactivated_at    timestamptz,
    created_at        timestamptz not null,
    version           bigint      not null default 0,
    constraint person_pk primary key (id),
    constraint person_email_unique unique (email),
    constraint person_organisation_fk foreign key (organisation_id) references organisation (id),
    constraint person_role_known check (role in ('CUSTOMER', 'AGENT', 'ADMINISTRATOR')),
    constraint person_name_length check (length(name) between 1 and 120),
    constraint person_email_length check (length(email) between 3 and 254)
);
create index person_role_name_idx on person (role, name, id);
create index person_organisation_idx on person (organisation_id) where organisation_id is not null;
create index person_name_trgm_idx on person using gin (name gin_trgm_ops);
create index person_email_trgm_idx on person using gin ((email::text) gin_trgm_ops);

create table team (
    id          uuid        not null default uuidv7(),
    name        citext      not null,
    description text        not null default '',
    -- New tickets from the portal land here until an agent moves them.
    is_default  boolean     not null default false,
    created_at  timestamptz not null,
    version     bigint      not null default 0,
    constraint team_pk primary key (id),
    constraint team_name_unique unique (name),
    constraint team_name_length check (length(name) between 1 and 80)
);
create unique index team_one_default on team (is_default) where is_default;

create table team_member (
    team_id   uuid not null,
    person_id uuid not null,
    constraint team_member_pk primary key (team_id, person_id),
    constraint team_member_team_fk foreign key (team_id) references team (id) on delete cascade,
    constraint team_member_person_fk foreign key (person_id) references person (id)
);
create index team_member_person_idx on team_member (person_id);

-- One row for each sign-in; a refresh token belongs to one.
create table session (
    id             uuid        not null default uuidv7(),
    person_id      uuid        not null,
    user_agent     text        not null default '',
    created_at     timestamptz not null,
    last_used_at   timestamptz not null,
    expires_at     timestamptz not null,
    ended_at       timestamptz,
    end_reason     text,
    constraint session_pk primary key (id),
    constraint session_person_fk foreign key (person_id) references person (id),
    constraint session_end_reason_known check (end_reason in
        ('LOGGED_OUT', 'LOGGED_OUT_EVERYWHERE', 'PASSWORD_CHANGED', 'TOKEN_REUSED', 'DEACTIVATED', 'ROLE_CHANGED'))
);
create index session_person_idx on session (person_id) where ended_at is null;
create index session_expires_idx on session (expires_at);

create table refresh_token (
    token_hash      bytea       not null,
    session_id      uuid        not null,
    issued_at       timestamptz not null,
    used_at         timestamptz,
    -- Hash of the client's attempt id: the same attempt may repeat a refresh whose answer was lost.
    attempt_hash    bytea,
    constraint refresh_token_pk primary key (token_hash),
    constraint refresh_token_session_fk foreign key (session_id) references session (id) on delete cascade
);
create index refresh_token_session_idx on refresh_token (session_id);

-- Single-use links sent by mail.
create table mail_token (
    token_hash bytea       not null,
    purpose    text        not null,
    person_id  uuid        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    -- What a registration asked for. It takes effect only through its own link, so that nobody can plant a password
    -- on an address that somebody else confirms.
    pending_name          text,
    pending_password_hash text,
    constraint mail_token_pk primary key (token_hash),
    constraint mail_token_person_fk foreign key (person_id) references person (id),
    constraint mail_token_purpose_known check (purpose in ('VERIFY_EMAIL', 'RESET_PASSWORD', 'ACCEPT_INVITATION'))
);
create index mail_token_person_idx on mail_token (person_id, purpose);
create index mail_token_expires_idx on mail_token (expires_at);
