package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The first page of what is found. */
record SearchTickets(String name, String text) implements Operation {

    @Override
    public void run(Caller agent, RandomGenerator random) throws IOException, InterruptedException {
        agent.get("/api/v1/search?limit=25&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    @Override
    public Duration promise() {
        return Duration.ofMillis(200);
    }
}
