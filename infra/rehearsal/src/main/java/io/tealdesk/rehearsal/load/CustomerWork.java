package io.tealdesk.rehearsal.load;

import java.time.Instant;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What customers do, with the requests of frontend/src/features/portal. */
final class CustomerWork {

    private final Writing writing;

    CustomerWork(Writing writing) {
        this.writing = writing;
    }

    void list(Person customer, Instant intended) throws Lost, InterruptedException {
        customer.browser()
                .send(Call.get("portal list", "/api/v1/portal/tickets?scope=MINE&state=OPEN&limit=30"), intended);
    }

    void open(Person customer, Instant intended) throws Lost, InterruptedException {
        look(customer, customer.anyTicket(ThreadLocalRandom.current()), intended);
    }

    void ask(Person customer, Instant intended) throws Lost, InterruptedException {
        customer.takesUp(writing.open(customer, intended));
    }

    void reply(Person customer, Ticket ticket, boolean withFile, Instant intended) throws Lost, InterruptedException {
        look(customer, ticket, intended);
        writing.write(
                "customer reply", customer, ticket, withFile, customer.browser().now(), (text, attachments) -> {
                    var body = new HashMap<String, Object>();
                    body.put("body", text);
                    body.put("attachmentIds", attachments);
                    body.put("lastSeenMessageId", ticket.lastSeenMessage());
                    return Call.create(
                            withFile ? "customer reply with file" : "customer reply",
                            "/api/v1/portal/tickets/" + ticket.number() + "/replies",
                            Json.write(body));
                });
    }

    /** Reads a file again that stood on a ticket of theirs; looks at the ticket where there is none yet. */
    void download(Person customer, Instant intended) throws Lost, InterruptedException {
        for (Ticket ticket : customer.tickets()) {
            @Nullable UUID attachment = ticket.anyAttachment();
            if (attachment != null) {
                customer.browser().send(Call.get("download", "/api/v1/attachments/" + attachment), intended);
                return;
            }
        }
        open(customer, intended);
    }

    private static void look(Person customer, Ticket ticket, Instant intended) throws Lost, InterruptedException {
        Answer answer = customer.browser()
                .send(Call.get("portal ticket", "/api/v1/portal/tickets/" + ticket.number()), intended);
        JsonNode messages = Json.read(answer).path("messages");
        Writing.read(ticket, messages);
    }
}
