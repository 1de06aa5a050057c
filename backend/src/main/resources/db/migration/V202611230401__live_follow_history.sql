set local lock_timeout = '3s';

-- By triggers, because during a release the tasks of the release before write as well, and know nothing of this table.
create function live_event_of_history() returns trigger
    language plpgsql as $$
begin
    insert into live_event (ticket_number, change, left_team_id)
    select ticket_number, kind, case when kind = 'TEAM' then from_value::uuid end from added order by id;
    perform pg_notify('live', '');
    return null;
end $$;

create trigger ticket_event_live after insert on ticket_event
    referencing new table as added for each statement execute function live_event_of_history();
