set local lock_timeout = '3s';

-- Saved replies are kept as macros are: both are named, found by the same people and put away alike.
create table macro (
    id          uuid        not null default uuidv7(),
    kind        text        not null,
    owner_id    uuid        not null,
    visibility  text        not null,
    name        text        not null,
    -- Of a saved reply its text, of a macro its actions.
    content     jsonb       not null,
    use_count   bigint      not null default 0,
    created_at  timestamptz not null,
    archived_at timestamptz,
    version     bigint      not null default 0,
    constraint macro_pk primary key (id),
    constraint macro_owner_fk foreign key (owner_id) references person (id),
    constraint macro_kind_known check (kind in ('SAVED_REPLY', 'MACRO')),
    constraint macro_visibility_known check (visibility in ('PRIVATE', 'TEAMS', 'EVERYONE')),
    constraint macro_name_length check (length(name) between 1 and 80),
    constraint macro_content_bounded check (length(content::text) <= 40000)
);
create unique index macro_shared_name_idx on macro (kind, lower(name))
    where visibility <> 'PRIVATE' and archived_at is null;
create unique index macro_private_name_idx on macro (owner_id, kind, lower(name))
    where visibility = 'PRIVATE' and archived_at is null;
create index macro_archived_idx on macro (archived_at) where archived_at is not null;

-- Whose it is, where some teams share it.
create table macro_team (
    macro_id uuid not null,
    team_id  uuid not null,
    constraint macro_team_pk primary key (macro_id, team_id),
    constraint macro_team_macro_fk foreign key (macro_id) references macro (id) on delete cascade,
    constraint macro_team_team_fk foreign key (team_id) references team (id) on delete cascade
);
create index macro_team_team_idx on macro_team (team_id);
