-- An autovacuum leaves its table to whoever waits for it, though only after a second; for this lock nobody else waits.
set local lock_timeout = '3s';
lock table message in share update exclusive mode;
set local lock_timeout = '1s';

-- As it read when the reply was written; the release before goes on reading and writing replies without.
alter table message
    add column signature_markdown text,
    add column signature_html     text;
