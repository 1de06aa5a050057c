package io.tealdesk.rehearsal.load;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/** What agents do, with the requests of frontend/src/features/tickets. */
final class AgentWork {

    private static final int PRECONDITION_FAILED = 412;
    private static final int CHANGES_MAX = 4;
    private static final List<String> LISTS = List.of(
            "lane=TO_DO&order=UPDATED&limit=50",
            "assignee=me&order=UPDATED&limit=50",
            "assignee=none&order=NEWEST&limit=50",
            "status=OPEN&status=IN_PROGRESS&priority=HIGH&order=UPDATED&limit=50",
            "order=PRIORITY&limit=50");
    private static final List<String> WORDS = List.of("printer", "invoice", "password", "yesterday");

    private final Writing writing;

    AgentWork(Writing writing) {
        this.writing = writing;
    }

    void home(Person agent, Instant intended) throws Lost, InterruptedException {
        Together.send(agent.browser(), intended, List.of(Call.get("home", "/api/v1/home"), views()));
    }

    void list(Person agent, Instant intended) throws Lost, InterruptedException {
        agent.browser().send(Call.get("list", "/api/v1/tickets?" + any(LISTS)), intended);
    }

    void nextPage(Person agent, Instant intended) throws Lost, InterruptedException {
        Answer first = agent.browser().send(Call.get("list", "/api/v1/tickets?" + LISTS.getFirst()), intended);
        JsonNode cursor = Json.read(first).path("nextCursor");
        if (cursor.isString()) {
            String path = "/api/v1/tickets?" + LISTS.getFirst() + "&cursor="
                    + URLEncoder.encode(cursor.asString(), StandardCharsets.UTF_8);
            agent.browser().send(Call.get("next page", path), agent.browser().now());
        }
    }

    void search(Person agent, Instant intended) throws Lost, InterruptedException {
        agent.browser()
                .send(Call.get("search", "/api/v1/tickets?text=" + any(WORDS) + "&order=UPDATED&limit=50"), intended);
    }

    /** What an open page does every fifteen seconds. */
    void poll(Person agent, Instant intended) throws Lost, InterruptedException {
        Ticket ticket = agent.anyTicket(ThreadLocalRandom.current());
        var answers = Together.send(agent.browser(), intended, List.of(one(ticket), messages(ticket)));
        Writing.read(ticket, Json.read(answers.get(1)));
    }

    void open(Person agent, Instant intended) throws Lost, InterruptedException {
        Ticket ticket = agent.anyTicket(ThreadLocalRandom.current());
        var answers = Together.send(
                agent.browser(),
                intended,
                List.of(
                        one(ticket),
                        Call.get("messages", "/api/v1/tickets/" + ticket.number() + "/messages"),
                        Call.get("events", "/api/v1/tickets/" + ticket.number() + "/events")));
        Writing.read(ticket, Json.read(answers.get(1)));
    }

    void reply(Person agent, Ticket ticket, boolean withFile, Instant intended) throws Lost, InterruptedException {
        readNewest(agent, ticket, intended);
        writing.write("reply", agent, ticket, withFile, agent.browser().now(), (text, attachments) -> {
            var body =
                    Map.of("body", text, "attachmentIds", attachments, "lastSeenMessageId", ticket.lastSeenMessage());
            return Call.create(
                    withFile ? "reply with file" : "reply",
                    "/api/v1/tickets/" + ticket.number() + "/replies",
                    Json.write(body));
        });
    }

    void note(Person agent, Ticket ticket, Instant intended) throws Lost, InterruptedException {
        writing.write(
                "note",
                agent,
                ticket,
                false,
                intended,
                (text, attachments) -> Call.create(
                        "note",
                        "/api/v1/tickets/" + ticket.number() + "/notes",
                        Json.write(Map.of("body", text, "attachmentIds", attachments))));
    }

    /**
     * Takes a ticket or changes its priority. A change whose answer was lost is looked for before it is made again: its
     * own version has overtaken it.
     */
    void change(Person agent, Ticket ticket, Instant intended) throws Lost, InterruptedException {
        Call look = one(ticket);
        JsonNode known = Json.read(agent.browser().send(look, intended));
        Change change = change(agent, known);
        var write = writing.intendChange(change.kind, agent, ticket, change.wanted);
        for (int attempt = 1; ; attempt++) {
            Call call = Call.put(
                            change.operation,
                            "/api/v1/tickets/" + ticket.number() + change.path,
                            Json.write(change.body),
                            known.path("version").asLong())
                    .alsoExpecting(PRECONDITION_FAILED);
            Answer answer;
            try {
                answer = agent.browser().send(call, agent.browser().now());
            } catch (Lost e) {
                if (e.wasRefused()) {
                    write.refused();
                }
                throw e;
            }
            if (answer.status() != PRECONDITION_FAILED) {
                write.acknowledged(ticket.number(), agent.browser().now());
                return;
            }
            known = Json.read(agent.browser().send(look, agent.browser().now()));
            if (change.isDone(known)) {
                write.acknowledged(ticket.number(), agent.browser().now());
                return;
            }
            if (attempt == CHANGES_MAX) {
                write.refused();
                throw new Lost(call, Answer.none("overtaken each time"), true);
            }
        }
    }

    private static Change change(Person agent, JsonNode ticket) {
        String me = agent.id().toString();
        boolean isMine = ticket.path("assignee").path("id").asString("").equals(me);
        if (!isMine) {
            return new Change("assignment", "assign", "/assignment", me, Map.of("assigneeId", me));
        }
        String priority = ticket.path("priority").asString().equals("HIGH") ? "MEDIUM" : "HIGH";
        return new Change("priority", "prioritise", "/priority", priority, Map.of("priority", priority));
    }

    private record Change(String kind, String operation, String path, String wanted, Map<String, String> body) {

        boolean isDone(JsonNode ticket) {
            JsonNode property =
                    kind.equals("assignment") ? ticket.path("assignee").path("id") : ticket.path("priority");
            return property.asString("").equals(wanted);
        }
    }

    private static void readNewest(Person agent, Ticket ticket, Instant intended) throws Lost, InterruptedException {
        Writing.read(ticket, Json.read(agent.browser().send(messages(ticket), intended)));
    }

    private static Call one(Ticket ticket) {
        return Call.get("ticket", "/api/v1/tickets/" + ticket.number());
    }

    private static Call messages(Ticket ticket) {
        return Call.get(
                "new messages", "/api/v1/tickets/" + ticket.number() + "/messages?after=" + ticket.lastSeenMessage());
    }

    private static Call views() {
        return Call.get("views", "/api/v1/views");
    }

    private static String any(List<String> some) {
        return some.get(ThreadLocalRandom.current().nextInt(some.size()));
    }
}
