package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** A public reply, on top of the last message there is. What is read for it is measured with it. */
record Reply(Stock stock) implements Operation {

    private static final String OVERTAKEN = "/problems/newer-messages";
    private static final int ATTEMPTS_MAX = 10;
    private static final String TEXT = "We have found the cause and will tell you as soon as it is mended.";

    @Override
    public String name() {
        return "reply";
    }

    @Override
    public void run(Caller agent, RandomGenerator random) throws IOException, InterruptedException {
        reply(agent, stock.ticketOf(agent, random));
    }

    /**
     * Where another client has been quicker, on top of what that one wrote.
     *
     * @return the new message's id
     */
    static long reply(Caller agent, long ticket) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return replied(agent, ticket);
            } catch (IOException refused) {
                if (attempt == ATTEMPTS_MAX
                        || !String.valueOf(refused.getMessage()).contains(OVERTAKEN)) {
                    throw refused;
                }
            }
        }
    }

    private static long replied(Caller agent, long ticket) throws IOException, InterruptedException {
        String path = "/api/v1/tickets/" + ticket;
        JsonNode messages = agent.read(path + "/messages");
        long last = messages.path(messages.size() - 1).path("id").asLong();
        byte[] answer = agent.create(
                path + "/replies", Map.of("body", TEXT, "attachmentIds", List.of(), "lastSeenMessageId", last));
        return Caller.json(answer).path("id").asLong();
    }

    @Override
    public Duration promise() {
        return Duration.ofMillis(100);
    }
}
