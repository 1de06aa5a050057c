set local lock_timeout = '3s';

-- Who is at which ticket just now: one row for each browser tab, which is at one ticket at a time. Repeated every quarter
-- of a minute and soon gone without; so nothing refers to anything, and half of each page is left for the repetitions.
create table ticket_presence (
    tab           uuid        not null,
    person_id     uuid        not null,
    session_id    uuid        not null,
    ticket_number bigint      not null,
    activity      text        not null,
    -- Since when at this ticket, whatever was done there.
    since         timestamptz not null,
    seen_at       timestamptz not null,
    constraint ticket_presence_pk primary key (tab),
    constraint ticket_presence_activity_known check (activity in ('VIEWING', 'REPLYING'))
) with (fillfactor = 50);
create index ticket_presence_ticket_idx on ticket_presence (ticket_number);
create index ticket_presence_person_idx on ticket_presence (person_id);
