package io.tealdesk.rehearsal.schema;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A ticket's life, at the desk and in the portal. */
final class TicketWalk {

    private static final List<String> FILTERS = List.of(
            "",
            "?lane=TO_DO&order=PRIORITY",
            "?lane=WAITING&order=DUE",
            "?lane=DONE&order=NEWEST",
            "?status=OPEN&priority=HIGH&overdue=false",
            "?assignee=none",
            "?assignee=me",
            "?tag=walk",
            "?createdAfter=2020-01-01T00:00:00Z&updatedBefore=2100-01-01T00:00:00Z");

    private final ApiClient api;
    private final String name;
    private final Instant due = Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);

    TicketWalk(ApiClient api, String name) {
        this.api = api;
        this.name = name;
    }

    void asAgent() throws InterruptedException {
        JsonNode me = api.get("/api/v1/me");
        JsonNode customer = api.get("/api/v1/people?role=CUSTOMER&text=" + name)
                .path("items")
                .path(0);
        JsonNode team = api.get("/api/v1/teams").path(0);
        JsonNode ticket = api.post(
                "/api/v1/tickets",
                Map.of(
                        "requesterId", id(customer),
                        "subject", "Walk " + name,
                        "body", "Something *walks* here.",
                        "priority", "HIGH",
                        "teamId", id(team),
                        "assigneeId", id(me),
                        "dueAt", due.toString(),
                        "tags", List.of("walk", name),
                        "attachmentIds", List.of(uploaded())));
        changes("/api/v1/tickets/" + ticket.path("number").asString("0"), id(me), id(team));
    }

    private void changes(String path, String me, String team) throws InterruptedException {
        JsonNode now = api.get(path);
        now = api.put(path + "/subject", Map.of("subject", "Walk on " + name), now);
        now = api.put(path + "/priority", Map.of("priority", "CRITICAL"), now);
        now = api.put(path + "/tags", Map.of("tags", List.of("walk", "on")), now);
        now = api.put(path + "/team", Map.of("teamId", team), now);
        now = api.delete(path + "/due-date", now);
        now = api.put(path + "/due-date", Map.of("dueAt", due.toString()), now);
        now = api.put(path + "/assignment", Map.of("assigneeId", me), api.delete(path + "/assignment", now));
        api.put(path + "/status", Map.of("status", "IN_PROGRESS"), now);
        api.post(path + "/notes", Map.of("body", "Only for us.", "attachmentIds", List.of()));
        JsonNode messages = api.get(path + "/messages");
        api.post(
                path + "/replies",
                Map.of(
                        "body",
                        "Solved.",
                        "attachmentIds",
                        List.of(uploaded()),
                        "lastSeenMessageId",
                        newest(messages),
                        "thenStatus",
                        "RESOLVED"));
        now = api.putOn(path + "/closure", api.get(path));
        api.delete(path + "/closure", now);
        api.get(path + "/messages?after=" + newest(messages));
        api.get(path + "/events");
    }

    void asCustomer() throws InterruptedException {
        JsonNode asked = api.post(
                "/api/v1/portal/tickets",
                Map.of("subject", "Help " + name, "body", "Please.", "attachmentIds", List.of(uploaded())));
        String path = "/api/v1/portal/tickets/" + asked.path("number").asString("0");
        JsonNode ticket = api.get(path);
        api.post(path + "/replies", Map.of("body", "And one thing more.", "attachmentIds", List.of()));
        JsonNode attachment =
                ticket.path("messages").path(0).path("attachments").path(0);
        api.get("/api/v1/attachments/" + id(attachment));
        api.put(path + "/closure");
        api.delete(path + "/closure");
        for (String filter : List.of("", "?scope=MINE&state=OPEN", "?scope=ORGANISATION")) {
            api.get("/api/v1/portal/tickets" + filter);
        }
    }

    void reading() throws InterruptedException {
        for (String filter : FILTERS) {
            JsonNode page = api.get("/api/v1/tickets" + filter + (filter.isEmpty() ? "?" : "&") + "limit=1");
            String cursor = page.path("nextCursor").asString("");
            if (!cursor.isEmpty()) {
                api.get("/api/v1/tickets" + filter + (filter.isEmpty() ? "?" : "&") + "limit=1&cursor=" + cursor);
            }
            api.get("/api/v1/tickets/count" + filter.replaceFirst("&order=\\w+", ""));
        }
        api.get("/api/v1/tickets?text=" + name);
        api.get("/api/v1/views");
        api.get("/api/v1/home");
        api.get("/api/v1/tags?startsWith=wa");
    }

    private String uploaded() throws InterruptedException {
        return id(
                api.upload("/api/v1/attachments?fileName=walk.txt", ("Walk " + name).getBytes(StandardCharsets.UTF_8)));
    }

    private static long newest(JsonNode messages) {
        return messages.path(messages.size() - 1).path("id").asLong(0);
    }

    private static String id(JsonNode made) {
        return made.path("id").asString("00000000-0000-0000-0000-000000000000");
    }
}
