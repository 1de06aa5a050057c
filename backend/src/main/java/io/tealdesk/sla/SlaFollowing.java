package io.tealdesk.sla;

import java.util.Collection;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the clocks current with the tickets' changes and with those of the rules. What a transaction takes it has
 * reckoned when it ends, or it has taken nothing, so a task may die at any moment.
 */
@Component
class SlaFollowing {

    private static final int ROWS_PER_TRANSACTION = 500;
    private static final int TICKETS_PER_TRANSACTION = 300;
    /** What is left over is for the next run, and for whichever task runs it. */
    private static final int TRANSACTIONS_PER_RUN_MAX = 200;

    private final SlaReckoning reckoning;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    SlaFollowing(SlaReckoning reckoning, JdbcClient jdbc, TransactionTemplate transaction) {
        this.reckoning = reckoning;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Reckons again what has changed. */
    void catchUp() {
        repeated(this::drain);
    }

    /** Reckons all open tickets again where the rules have changed, and goes on where another task stopped. */
    void sweep() {
        repeated(() -> {
            var isMore = sweepSome();
            if (isMore) {
                // It takes its turn nearly all the time, so nobody else would get to it.
                catchUp();
            }
            return isMore;
        });
    }

    private boolean drain() {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            reckoning.begin();
            var numbers = jdbc.sql("""
                            delete from sla_queue where id in (
                                select id from sla_queue order by id limit :rows for update skip locked)
                            returning ticket_number""")
                    .param("rows", ROWS_PER_TRANSACTION)
                    .query(Long.class)
                    .list();
            tell(reckoning.reckon(new TreeSet<>(numbers)));
            return numbers.size() == ROWS_PER_TRANSACTION;
        }));
    }

    /** The row stays locked, so that rules that change meanwhile begin anew afterwards. */
    private boolean sweepSome() {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            reckoning.begin();
            // As text: the beginning is further than any day that Java knows.
            var place = jdbc.sql("""
                            select at_created::text as created, at_number from sla_sweep
                            where not is_finished for update""")
                    .query((row, index) -> new Place(row.getString("created"), row.getLong("at_number")))
                    .optional();
            if (place.isEmpty()) {
                return false;
            }
            var numbers = jdbc.sql("""
                            with batch as materialized (
                                select t.number, t.created_at from ticket t
                                where t.status in ('OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER',
                                                   'WAITING_ON_THIRD_PARTY')
                                  and (t.created_at, t.number) < (cast(:created as timestamptz), :number)
                                order by t.created_at desc, t.number desc limit :tickets),
                            last as (select * from batch order by created_at, number limit 1),
                            moved as (update sla_sweep set at_created = last.created_at, at_number = last.number
                                      from last),
                            ended as (update sla_sweep set is_finished = true where not exists (select from last))
                            select number from batch""")
                    .param("created", place.get().created)
                    .param("number", place.get().number)
                    .param("tickets", TICKETS_PER_TRANSACTION)
                    .query(Long.class)
                    .list();
            reckoning.reckon(numbers);
            return !numbers.isEmpty();
        }));
    }

    /** Whoever looks at the tickets. Not after a sweep: that would be every list of everybody at once. */
    private void tell(Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        with told as (
                            insert into live_event (ticket_number, change)
                            select number, 'SLA' from unnest(:numbers) as number returning id)
                        select pg_notify('live', '') from told limit 1""")
                .param("numbers", numbers.toArray(Long[]::new))
                .query((row, index) -> true)
                .list();
    }

    private static void repeated(BooleanSupplier transaction) {
        for (int run = 0;
                run < TRANSACTIONS_PER_RUN_MAX && !Thread.currentThread().isInterrupted();
                run++) {
            if (!transaction.getAsBoolean()) {
                return;
            }
        }
    }

    private record Place(String created, long number) {}
}
