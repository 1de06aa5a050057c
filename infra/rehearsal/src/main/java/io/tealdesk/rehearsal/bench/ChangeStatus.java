package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The next status of a ticket, on top of the version that was read for it. */
final class ChangeStatus {

    private ChangeStatus() {}

    static void change(Caller agent, long ticket) throws IOException, InterruptedException {
        String path = "/api/v1/tickets/" + ticket;
        JsonNode now = agent.read(path);
        agent.change(
                path + "/status",
                Map.of("status", after(now.path("status").asString())),
                now.path("version").asLong());
    }

    private static String after(String status) {
        return switch (status) {
            case "OPEN", "WAITING_ON_CUSTOMER", "WAITING_ON_THIRD_PARTY" -> "IN_PROGRESS";
            case "IN_PROGRESS" -> "RESOLVED";
            default -> "OPEN";
        };
    }
}
