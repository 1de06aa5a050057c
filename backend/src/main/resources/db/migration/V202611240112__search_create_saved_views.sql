set local lock_timeout = '3s';

create table saved_view (
    id         uuid        not null default uuidv7(),
    owner_id   uuid        not null,
    visibility text        not null,
    -- Whose view it is, where a team shares it.
    team_id    uuid,
    name       text        not null,
    -- The JSON of a filter expression; what "me" and "mine" mean is the reader's.
    filter     jsonb       not null,
    sort       text        not null,
    -- Names of the columns that the list shows; empty for the reader's own choice.
    columns    text[]      not null default '{}',
    created_at timestamptz not null,
    version    bigint      not null default 0,
    constraint saved_view_pk primary key (id),
    constraint saved_view_owner_fk foreign key (owner_id) references person (id),
    constraint saved_view_team_fk foreign key (team_id) references team (id) on delete cascade,
    constraint saved_view_visibility_known check (visibility in ('PRIVATE', 'TEAM', 'EVERYONE')),
    constraint saved_view_team_given check ((visibility = 'TEAM') = (team_id is not null)),
    constraint saved_view_name_length check (length(name) between 1 and 80),
    constraint saved_view_columns_bounded check (cardinality(columns) <= 20)
);
create index saved_view_owner_idx on saved_view (owner_id);
create index saved_view_team_idx on saved_view (team_id) where team_id is not null;
create index saved_view_everyone_idx on saved_view (created_at) where visibility = 'EVERYONE';

-- In what order somebody wants to see views, built-in ones among them.
create table view_order (
    person_id uuid   not null,
    keys      text[] not null,
    constraint view_order_pk primary key (person_id),
    constraint view_order_person_fk foreign key (person_id) references person (id)
);
