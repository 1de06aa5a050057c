set local lock_timeout = '3s';

-- How somebody writes and goes on; whoever has no row does as everybody does at the beginning.
create table person_writing (
    person_id      uuid    not null,
    -- For how long a reply can be taken back; none at all where it is 0.
    undo_seconds   int     not null,
    -- Whether the first key of a reply takes a ticket that nobody has.
    takes_on_reply boolean not null,
    after_done     text    not null,
    constraint person_writing_pk primary key (person_id),
    constraint person_writing_person_fk foreign key (person_id) references person (id),
    constraint person_writing_undo_bounded check (undo_seconds between 0 and 60),
    constraint person_writing_after_done_known check (after_done in ('STAY', 'NEXT', 'LIST'))
);
