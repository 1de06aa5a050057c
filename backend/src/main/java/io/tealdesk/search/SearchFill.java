package io.tealdesk.search;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Queues the tickets that were there before the queue was, the newest first, a thousand at a time and only while little
 * else waits: a change of today is never behind a ticket of last year. It goes on where it was, whichever task it is;
 * {@code delete from search_fill} begins anew.
 */
@Component
class SearchFill {

    private static final String TICKETS = "tickets";
    private static final int STEP = 1_000;
    private static final int QUEUED_MAX = 500;

    private final JdbcClient jdbc;
    private volatile boolean isComplete;
    /** The last row of the queue when all old tickets were found to be queued. */
    private volatile @Nullable Long lastOfTheOld;

    SearchFill(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns whether it has queued anything; false as well while others do or enough waits. */
    @Transactional
    public boolean step() {
        if (isDone()) {
            return false;
        }
        jdbc.sql("insert into search_fill (name, next_number) values (:name, :first) on conflict do nothing")
                .param("name", TICKETS)
                .param("first", Long.MAX_VALUE)
                .update();
        var next = jdbc.sql("""
                        select next_number from search_fill
                        where name = :name and next_number > 0
                          and (select count(*) from (select from search_queue limit :most) waiting) < :most
                        for update skip locked""")
                .param("name", TICKETS)
                .param("most", QUEUED_MAX)
                .query(Long.class)
                .optional();
        return next.isPresent() && queueBelow(next.get()) > 0;
    }

    /** Whether every ticket can be found; once it is so it stays so. */
    boolean isComplete() {
        if (!isComplete && isDone()) {
            var last = lastOfTheOld;
            if (last == null) {
                last = jdbc.sql("select coalesce(max(id), 0) from search_queue")
                        .query(Long.class)
                        .single();
                lastOfTheOld = last;
            }
            isComplete = jdbc.sql("select not exists (select from search_queue where id <= :last)")
                    .param("last", last)
                    .query(Boolean.class)
                    .single();
        }
        return isComplete;
    }

    /** Whether all of them are queued. */
    boolean isDone() {
        return jdbc.sql("select exists (select from search_fill where name = :name and next_number = 0)")
                .param("name", TICKETS)
                .query(Boolean.class)
                .single();
    }

    private int queueBelow(long next) {
        return jdbc.sql("""
                        with found as materialized (
                            select number from ticket where number < :next order by number desc limit :step),
                        queued as (insert into search_queue (ticket_number) select number from found),
                        noted as (
                            update search_fill set next_number = coalesce((select min(number) from found), 0)
                            where name = :name)
                        select count(*) from found""")
                .param("next", next)
                .param("step", STEP)
                .param("name", TICKETS)
                .query(Integer.class)
                .single();
    }
}
