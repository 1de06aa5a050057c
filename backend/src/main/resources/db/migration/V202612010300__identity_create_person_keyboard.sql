set local lock_timeout = '3s';

-- The keys that somebody has made their own; whoever has no row has the keys that everybody begins with.
create table person_keyboard (
    person_id   uuid    not null,
    single_keys boolean not null,
    -- The keys of each command that has other ones than at the beginning: {"ticket.assign": "y", "list.next": ""}.
    keys        jsonb   not null,
    constraint person_keyboard_pk primary key (person_id),
    constraint person_keyboard_person_fk foreign key (person_id) references person (id),
    constraint person_keyboard_keys_object check (jsonb_typeof(keys) = 'object'),
    constraint person_keyboard_keys_bounded check (length(keys::text) <= 40000)
);
