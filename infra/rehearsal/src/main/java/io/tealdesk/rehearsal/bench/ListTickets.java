package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A page of fifty. */
record ListTickets(String name, String query, boolean hasLimit) implements Operation {

    ListTickets(String name, String query) {
        this(name, query, false);
    }

    @Override
    public void run(Caller agent, RandomGenerator random) throws IOException, InterruptedException {
        agent.get("/api/v1/tickets?limit=50&" + query);
    }

    @Override
    public Duration promise() {
        return Duration.ofMillis(80);
    }
}
