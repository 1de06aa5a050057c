package io.tealdesk.rehearsal.load;

import io.tealdesk.rehearsal.load.Ledger.Write;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What agents and customers do alike when they write: mark it, note it in the ledger, send it, note what came back. */
final class Writing {

    private static final int CONFLICT = 409;
    /** Somebody who has to read newer messages first. */
    private static final int READINGS_MAX = 3;

    private final Ledger ledger;
    private final Markers markers;

    Writing(Ledger ledger, Markers markers) {
        this.ledger = ledger;
        this.markers = markers;
    }

    /** How a message's address and words are made. */
    interface Letter {

        Call call(String text, List<UUID> attachments);
    }

    /** Uploads a file before, if asked to, and sends the message with it. */
    void write(String kind, Person author, Ticket ticket, boolean withFile, Instant intended, Letter letter)
            throws Lost, InterruptedException {
        String marker = markers.next();
        Upload upload = withFile ? upload(author, marker, intended) : null;
        Write write = ledger.intend(kind, author, ticket.number(), marker);
        if (upload != null) {
            write.attaches(upload);
        }
        String text = "The printer on floor " + marker + " says no again. Restarting it did not help.";
        List<UUID> attachments = upload == null ? List.of() : List.of(upload.id());
        Instant meant = upload == null ? intended : author.browser().now();
        for (int reading = 1; ; reading++) {
            Answer answer = send(author, write, letter.call(text, attachments).alsoExpecting(CONFLICT), meant);
            if (answer.status() != CONFLICT) {
                JsonNode message = Json.read(answer);
                ticket.saw(message.path("id").asLong());
                write.acknowledged(ticket.number(), author.browser().now());
                if (upload != null) {
                    ticket.attached(upload.id());
                }
                return;
            }
            write.refused();
            JsonNode newer = Json.read(answer).path("newerMessages");
            if (newer.isEmpty() || reading == READINGS_MAX) {
                throw new Lost(letter.call(text, attachments), Answer.none("409 " + Json.problem(answer.body())), true);
            }
            newer.forEach(message -> ticket.saw(message.path("id").asLong()));
            meant = author.browser().now();
        }
    }

    /** Opens a ticket and returns it. */
    Ticket open(Person customer, Instant intended) throws Lost, InterruptedException {
        String marker = markers.next();
        Write write = ledger.intend("ticket", customer, 0, marker);
        Call call = Call.create(
                "ask",
                "/api/v1/portal/tickets",
                Json.write(Map.of(
                        "subject",
                        "Printer " + marker + " says no",
                        "body",
                        "It worked yesterday. The report is " + marker + ".",
                        "attachmentIds",
                        List.of())));
        JsonNode answer = Json.read(send(customer, write, call, intended));
        var ticket = new Ticket(answer.path("number").asLong());
        answer.path("messages").forEach(message -> ticket.saw(message.path("id").asLong()));
        write.acknowledged(ticket.number(), customer.browser().now());
        return ticket;
    }

    /** Notes a change of a property, which has no words to mark. */
    Write intendChange(String kind, Person author, Ticket ticket, String wanted) {
        return ledger.intend(kind, author, ticket.number(), wanted);
    }

    private static Answer send(Person author, Write write, Call call, Instant intended)
            throws Lost, InterruptedException {
        try {
            return author.browser().send(call, intended);
        } catch (Lost e) {
            if (e.wasRefused()) {
                write.refused();
            }
            throw e;
        }
    }

    private static Upload upload(Person author, String marker, Instant intended) throws Lost, InterruptedException {
        byte[] bytes = Upload.content(marker, ThreadLocalRandom.current());
        String path = "/api/v1/attachments?fileName="
                + URLEncoder.encode("printer " + marker + ".log", StandardCharsets.UTF_8);
        Answer answer = author.browser().send(Call.upload("upload", path, bytes), intended);
        return new Upload(UUID.fromString(Json.read(answer).path("id").asString()), Upload.sha256(bytes));
    }

    /** The newest id in a list of messages. */
    static void read(Ticket ticket, @Nullable JsonNode messages) {
        if (messages == null) {
            return;
        }
        messages.forEach(message -> {
            ticket.saw(message.path("id").asLong());
            message.path("attachments")
                    .forEach(attachment -> ticket.attached(
                            UUID.fromString(attachment.path("id").asString())));
        });
    }
}
