set local lock_timeout = '3s';

-- What stands below the replies of a team's agents, and of those who have one of their own in its place.
create table team_signature (
    team_id       uuid not null,
    body_markdown text not null,
    constraint team_signature_pk primary key (team_id),
    constraint team_signature_team_fk foreign key (team_id) references team (id) on delete cascade,
    constraint team_signature_body_length check (length(body_markdown) between 1 and 2000)
);

create table person_signature (
    person_id     uuid not null,
    body_markdown text not null,
    constraint person_signature_pk primary key (person_id),
    constraint person_signature_person_fk foreign key (person_id) references person (id),
    constraint person_signature_body_length check (length(body_markdown) between 1 and 2000)
);

-- As it read when the reply was written.
alter table scheduled_reply add column signature_markdown text;
