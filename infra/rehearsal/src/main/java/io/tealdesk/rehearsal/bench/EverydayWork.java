package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What agents do all day: of twenty things seven lists, seven tickets opened, three replies and three changes of status.
 * Nobody writes to a ticket while somebody else does, so a refusal is never a colleague's doing.
 */
final class EverydayWork {

    /** Requests of one of these things, by average: a list is one, a ticket three, a reply or a change two. */
    static final double REQUESTS = (7 * 1 + 7 * 3 + 3 * 2 + 3 * 2) / 20.0;

    private static final int ALL = 20;
    private static final int LISTS = 7;
    private static final int OPENED = 7;
    private static final int REPLIES = 3;
    private static final int TRIES = 100;

    private final List<Operation> lists = List.of(
            new ListTickets("list", "lane=TO_DO&order=UPDATED"),
            new ListTickets("list", "assignee=me&lane=TO_DO&order=UPDATED"),
            new ListTickets("list", "assignee=none&lane=TO_DO&order=NEWEST"),
            new ListTickets("list", "order=UPDATED"));
    private final List<Caller> agents;
    private final Set<Long> writtenTo = ConcurrentHashMap.newKeySet();
    private final Collection<Long> replies = new ConcurrentLinkedQueue<>();
    private final Operation open;
    private final Operation reply;
    private final Operation change;

    EverydayWork(List<Caller> agents, Stock stock) {
        this.agents = agents;
        open = new OpenTicket(stock);
        reply = new Alone("reply", stock, (agent, ticket) -> replies.add(Reply.reply(agent, ticket)));
        change = new Alone("change status", stock, ChangeStatus::change);
    }

    SteadyWork.Work next(RandomGenerator random) {
        Operation operation = operation(random);
        Caller agent = agents.get(random.nextInt(agents.size()));
        return new SteadyWork.Work(operation.name(), own -> operation.run(agent, own));
    }

    private Operation operation(RandomGenerator random) {
        int drawn = random.nextInt(ALL);
        if (drawn < LISTS) {
            return lists.get(random.nextInt(lists.size()));
        }
        if (drawn < LISTS + OPENED) {
            return open;
        }
        return drawn < LISTS + OPENED + REPLIES ? reply : change;
    }

    /** The ids of all that the desk acknowledged. */
    List<Long> replies() {
        return List.copyOf(replies);
    }

    private interface Write {
        void at(Caller agent, long ticket) throws IOException, InterruptedException;
    }

    private final class Alone implements Operation {

        private final String name;
        private final Stock stock;
        private final Write write;

        Alone(String name, Stock stock, Write write) {
            this.name = name;
            this.stock = stock;
            this.write = write;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void run(Caller agent, RandomGenerator random) throws IOException, InterruptedException {
            long ticket = taken(agent, random);
            try {
                write.at(agent, ticket);
            } finally {
                writtenTo.remove(ticket);
            }
        }

        private long taken(Caller agent, RandomGenerator random) throws IOException {
            for (int tried = 0; tried < TRIES; tried++) {
                long ticket = stock.ticketOf(agent, random);
                if (writtenTo.add(ticket)) {
                    return ticket;
                }
            }
            throw new IOException("Somebody is at each of agent " + agent.id() + "'s tickets");
        }

        @Override
        public @Nullable Duration promise() {
            return null;
        }
    }
}
