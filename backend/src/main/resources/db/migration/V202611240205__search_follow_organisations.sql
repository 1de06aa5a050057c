-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table organisation in share update exclusive mode;
set local lock_timeout = '1s';

create function search_queue_organisations() returns trigger
    language plpgsql as $$
begin
    insert into search_queue (organisation_id)
    select after_it.id from after_it join before_it on before_it.id = after_it.id
    where after_it.name is distinct from before_it.name;
    return null;
end $$;

create trigger organisation_search_changed after update on organisation
    referencing old table as before_it new table as after_it for each statement
    execute function search_queue_organisations();
