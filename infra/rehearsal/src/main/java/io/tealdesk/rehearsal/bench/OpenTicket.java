package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The ticket, its messages and its history. One after the other: a client here stands for one connection. */
record OpenTicket(Stock stock) implements Operation {

    @Override
    public String name() {
        return "open ticket";
    }

    @Override
    public void run(Caller agent, RandomGenerator random) throws IOException, InterruptedException {
        String ticket = "/api/v1/tickets/" + stock.ticketOf(agent, random);
        agent.get(ticket);
        agent.get(ticket + "/messages");
        agent.get(ticket + "/events");
    }

    @Override
    public boolean hasLimit() {
        return true;
    }

    @Override
    public Duration promise() {
        return Duration.ofMillis(60);
    }
}
