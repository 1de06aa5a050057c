-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table person in share update exclusive mode;
set local lock_timeout = '1s';

-- One row whatever the number of the person's tickets: whoever changes a name does not wait for them.
create function search_queue_people() returns trigger
    language plpgsql as $$
begin
    insert into search_queue (person_id)
    select after_it.id from after_it join before_it on before_it.id = after_it.id
    where (after_it.name, after_it.email) is distinct from (before_it.name, before_it.email);
    return null;
end $$;

create trigger person_search_changed after update on person
    referencing old table as before_it new table as after_it for each statement
    execute function search_queue_people();
