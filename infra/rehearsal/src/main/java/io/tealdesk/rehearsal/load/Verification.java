package io.tealdesk.rehearsal.load;

import io.tealdesk.rehearsal.load.Ledger.Outcome;
import io.tealdesk.rehearsal.load.Ledger.Write;
import io.tealdesk.rehearsal.load.Person.Role;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Looks for what people wrote: for all of it in the database, for some of it as people see it. */
final class Verification {

    private static final int LOOKED_AT_MAX = 60;
    private static final Duration MAILS_LEAVE_WITHIN = Duration.ofSeconds(30);

    private final Cast cast;
    private final LiveConnections live;
    private final Scene scene;
    private final Markers markers;

    Verification(Cast cast, LiveConnections live, Scene scene, Markers markers) {
        this.live = live;
        this.cast = cast;
        this.scene = scene;
        this.markers = markers;
    }

    LedgerFindings findings(long seed) throws InterruptedException {
        var check = new LedgerCheck(cast.ledger());
        List<String> sessionsLost = new ArrayList<>(cast.ledger().sessionsLost());
        try {
            readDatabase(check, sessionsLost);
        } catch (SQLException e) {
            // A migration that renamed a table took from everybody what it holds.
            check.lost().add("what was written cannot be found in the database: " + e.getMessage());
        }
        lookAtSome(check, seed);
        sessionsLost.addAll(unrenewable());
        return new LedgerFindings(
                cast.ledger().acknowledged(),
                cast.ledger().unknown(),
                cast.everybody().size(),
                List.copyOf(check.lost()),
                List.copyOf(check.doubled()),
                List.copyOf(check.unexpected()),
                sessionsLost,
                cast.ledger().givenUp());
    }

    private void readDatabase(LedgerCheck check, List<String> sessionsLost) throws SQLException, InterruptedException {
        try (Connection database = DriverManager.getConnection(scene.databaseUrl())) {
            database.setReadOnly(true);
            var written = new Written(database, markers.run());
            sessionsLost.addAll(written.sessionsEnded());
            Instant toldUntil = live.surelyToldUntil();
            if (toldUntil != null) {
                live.check(written.liveEvents(toldUntil));
            }
            var messages = written.messages();
            check.messages(messages);
            check.tickets(written.tickets());
            check.changes(written.changes());
            if (!written.outboxEmpties(MAILS_LEAVE_WITHIN)) {
                check.lost().add("some mails still wait after " + MAILS_LEAVE_WITHIN.toSeconds() + " s");
            }
            check.mails(scene.mails().get(), markers.pattern(), messages);
        }
    }

    /**
     * A row that nobody can read is lost as well; so are bytes that come back as others. One that is not answered takes
     * a person's whole patience and is the last: a desk that is down is down for the others, too.
     */
    private void lookAtSome(LedgerCheck check, long seed) throws InterruptedException {
        var some = new ArrayList<>(cast.ledger().writes().stream()
                .filter(write -> write.outcome() == Outcome.ACKNOWLEDGED && !write.isChange())
                .toList());
        Collections.shuffle(some, new Random(seed));
        var files = some.stream().filter(write -> write.upload() != null).limit(LOOKED_AT_MAX);
        var others = some.stream().filter(write -> write.upload() == null).limit(LOOKED_AT_MAX);
        for (Write write : Stream.concat(files, others).toList()) {
            try {
                lookAt(write, check);
            } catch (Lost e) {
                check.lost().add(write + " cannot be read: " + e.getMessage());
                if (!e.wasRefused()) {
                    return;
                }
            }
        }
    }

    private static void lookAt(Write write, LedgerCheck check) throws Lost, InterruptedException {
        Browser browser = write.author().browser();
        boolean isCustomer = write.author().role() == Role.CUSTOMER;
        String path = isCustomer
                ? "/api/v1/portal/tickets/" + write.ticketNumber()
                : "/api/v1/tickets/" + write.ticketNumber() + "/messages";
        JsonNode answer = Json.read(browser.send(Call.get("look", path), browser.now()));
        int count = 0;
        for (JsonNode message : isCustomer ? answer.path("messages") : answer) {
            if (message.path("bodyHtml").asString("").contains(write.marker())) {
                count++;
            }
        }
        if (count == 0) {
            check.lost().add(write + " is not shown to its author");
        } else if (count > 1) {
            check.doubled().add("%s is shown %d times to its author".formatted(write, count));
        }
        Upload upload = write.upload();
        if (upload != null) {
            Answer file = browser.send(Call.get("look", "/api/v1/attachments/" + upload.id()), browser.now());
            if (!Upload.sha256(file.body()).equals(upload.sha256())) {
                check.lost().add("the file of " + write + " comes back with other bytes");
            }
        }
    }

    private List<String> unrenewable() throws InterruptedException {
        List<String> lost = new ArrayList<>();
        for (Person person : cast.everybody()) {
            Session session = person.browser().session();
            if (session.reload(person.browser().now())) {
                continue;
            }
            if (!session.isOver()) {
                lost.add(person + " gets no answer that renews the session");
                return lost;
            }
            lost.add(person + " is signed out");
        }
        return lost;
    }
}
