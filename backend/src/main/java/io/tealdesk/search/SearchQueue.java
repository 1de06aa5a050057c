package io.tealdesk.search;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings documents up to date with what the queue names. Any number of tasks may do so at once: each takes rows that no
 * other has, and of a ticket that another is just writing it leaves the row. A row goes in the transaction that writes
 * the document, and the document is read by a later statement than the one that took the row: so it holds the change
 * that the row tells of, and whatever is not in it has a row of its own.
 */
@Component
class SearchQueue {

    static final int BATCH = 100;
    /** Where a document would hold more than PostgreSQL's type does: of less. */
    private static final List<Integer> BYTES = List.of(SearchDocuments.BYTES_MAX, 20_000, 0);
    /** program_limit_exceeded */
    private static final String TOO_LARGE = "54000";

    /** The first half of the advisory locks' names; the second is the ticket's number. */
    private static final int LOCK = 0x5ea7c4;

    private static final Logger log = LoggerFactory.getLogger(SearchQueue.class);

    private final JdbcClient jdbc;
    private final SearchDocuments documents;
    private final TransactionTemplate transaction;

    SearchQueue(JdbcClient jdbc, SearchDocuments documents, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.documents = documents;
        this.transaction = transaction;
    }

    /** Takes what there is now, up to a bound; returns how many rows of the queue that was. */
    int work() {
        var spread = spread();
        try {
            return spread
                    + transactionally(() -> {
                        var taken = take(BATCH);
                        if (taken.isEmpty()) {
                            return 0;
                        }
                        documents.write(taken.stream().map(Taken::number).toList());
                        return taken.getFirst().seen();
                    });
        } catch (DataAccessException failure) {
            log.warn("Documents could not be written together, trying each by itself: {}", failure.toString());
            return spread + oneByOne();
        }
    }

    /** What was queued for a person or an organisation, as a row for each of the tickets. */
    private int spread() {
        return jdbc.sql("""
                with taken as (
                    delete from search_queue where id in (
                        select id from search_queue where ticket_number is null
                        order by id limit 20 for update skip locked)
                    returning person_id, organisation_id),
                spread as (
                    insert into search_queue (ticket_number)
                    select t.number from taken join ticket t on t.requester_id = taken.person_id
                    union
                    select t.number from taken join ticket t on t.organisation_id = taken.organisation_id)
                select count(*) from taken""").query(Integer.class).single();
    }

    private int oneByOne() {
        var numbers = jdbc.sql("""
                        select distinct ticket_number
                        from (select ticket_number from search_queue where ticket_number is not null
                              order by id limit :rows) oldest""").param("rows", BATCH).query(Long.class).list();
        int written = 0;
        DataAccessException last = null;
        for (var number : numbers) {
            try {
                written += writeAsMuchAsPossible(number);
            } catch (DataAccessException failure) {
                log.error("No document of ticket {}, it is tried again", number, failure);
                putBehindTheOthers(number);
                last = failure;
            }
        }
        if (last != null && written == 0) {
            throw last;
        }
        return written;
    }

    /** What cannot be written now must not keep back what can. */
    private void putBehindTheOthers(long number) {
        jdbc.sql("update search_queue set id = default where ticket_number = :number")
                .param("number", number)
                .update();
    }

    private int writeAsMuchAsPossible(long number) {
        for (var bytes : BYTES) {
            try {
                return transactionally(() -> {
                    var rows = take(number);
                    if (rows > 0) {
                        documents.write(List.of(number), bytes);
                    }
                    return rows;
                });
            } catch (DataAccessException failure) {
                // Whatever else it was may be over the next time, and then all of it can be written.
                if (bytes == 0 || !isTooLarge(failure)) {
                    throw failure;
                }
                log.warn("Ticket {} has more words than a document of {} bytes of messages holds", number, bytes);
            }
        }
        throw new IllegalStateException("Unreachable");
    }

    private static boolean isTooLarge(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException cause && TOO_LARGE.equals(cause.getSQLState());
    }

    private List<Taken> take(int rows) {
        return jdbc.sql("""
                        with seen as materialized (
                            select id, ticket_number from search_queue where ticket_number is not null
                            order by id limit :rows for update skip locked),
                        numbers as materialized (select distinct ticket_number as number from seen),
                        free as materialized (
                            select number from numbers
                            where pg_try_advisory_xact_lock(:lock, (number % 2147483647)::int)),
                        taken as (
                            delete from search_queue q using seen, free
                            where q.id = seen.id and seen.ticket_number = free.number)
                        select number, (select count(*) from seen) as seen from free order by number""")
                .param("rows", rows)
                .param("lock", LOCK)
                .query((row, index) -> new Taken(row.getLong("number"), row.getInt("seen")))
                .list();
    }

    private int take(long number) {
        return jdbc.sql("""
                        delete from search_queue
                        where ticket_number = :number
                          and (select pg_try_advisory_xact_lock(:lock, (:number % 2147483647)::int))""").param("number", number).param("lock", LOCK).update();
    }

    private int transactionally(Supplier<Integer> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    /** @param seen how many rows were looked at for all of them, of one ticket perhaps several */
    private record Taken(long number, int seen) {}
}
