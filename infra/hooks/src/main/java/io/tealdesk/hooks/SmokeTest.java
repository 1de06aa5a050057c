package io.tealdesk.hooks;

import io.tealdesk.hooks.DeskClient.Answer;
import io.tealdesk.hooks.SmokeTestReport.Step;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Uses a new release as a customer would, before any customer does: is the desk well, can one sign in, ask for help and
 * read it again, and does the page come with its scripts? It knows nothing of AWS, so that a rehearsal or a person can
 * run it against any desk. One instance is good for one run.
 */
public class SmokeTest {

    private static final Pattern ENTRY_SCRIPT =
            Pattern.compile("<script[^>]*\\btype=\"module\"[^>]*\\bsrc=\"(/assets/[^\"]+\\.js)\"");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A task has half of them; after two hundred of a kind its JVM has compiled most of what it needs. */
    private static final int WARM_UP_ANSWERS = 400;

    private static final int MEDIAN_OF = 20;

    private final SmokeTestSettings settings;
    private final String deploymentId;
    private final Consumer<Step> listener;
    private final DeskClient desk;
    private final List<Check> checks = List.of(
            new Check("test traffic", this::awaitTestTraffic),
            new Check("health", this::checkHealth),
            new Check("sign-in", this::signIn),
            new Check("ticket opened", this::openTicket),
            new Check("ticket read", this::readTicket),
            new Check("warm-up", this::warmUp),
            new Check("ticket closed", this::closeTicket),
            new Check("sign-out", this::signOut),
            new Check("page", this::loadPage),
            new Check("script", this::loadScript),
            new Check("missing script", this::missScript));

    // Written by the thread of the test, read by the one that watches it.
    private final List<Step> steps = new ArrayList<>();
    private String currentName = "start";
    private long currentStart = System.nanoTime();
    private boolean isOver;

    private String accessToken = "";
    private String sessionCookie = "";
    private long ticketNumber;
    private boolean isTicketOpen;
    private String script = "";

    /**
     * @param deploymentId names the ticket; a repetition with the same id finds the ticket of the first try again
     * @param listener told of each step as it ends
     */
    public SmokeTest(SmokeTestSettings settings, String deploymentId, Consumer<Step> listener) {
        this.settings = settings;
        this.deploymentId = deploymentId;
        this.listener = listener;
        desk = new DeskClient(settings);
    }

    /** Ends within the budget whatever the desk does, and throws nothing that the desk causes. */
    public SmokeTestReport run() throws InterruptedException {
        var worker = Thread.ofPlatform().daemon().name("smoke-test").start(this::performAll);
        try (desk) {
            if (!worker.join(settings.patience().budget())) {
                end(false, "out of time: " + settings.patience().budget().toSeconds() + " s for the whole test");
            }
        }
        return closedReport();
    }

    private void performAll() {
        try {
            for (var check : checks) {
                begin(check.name);
                var detail = check.action.perform();
                end(true, detail);
            }
        } catch (CheckFailed e) {
            end(false, String.valueOf(e.getMessage()));
            tidyUp();
        } catch (JacksonException e) {
            // Its message quotes the answer, which may hold a token.
            end(false, "the answer is not the JSON expected");
            tidyUp();
        } catch (Throwable e) {
            // Whatever it is, an OutOfMemoryError too: a test that dies silently costs the deployment an hour.
            end(false, "crashed: " + OneLine.of(e.getClass().getName() + ": " + e.getMessage()));
            tidyUp();
        }
    }

    /**
     * The load balancer's members learn of a new rule one after the other, so every one of them has to answer with the
     * new release several times in a row. Without a known release it has to differ from production in release or page;
     * where nothing differs for the whole time, the same release is being deployed again.
     */
    private String awaitTestTraffic() throws InterruptedException {
        var production = settings.release() == null ? productionFingerprint() : null;
        var deadline = System.nanoTime() + settings.patience().settling().toNanos();
        var needed = 3 * Math.max(1, settings.addresses().size());
        var inARow = 0;
        var seen = "";
        var hasAnswered = false;
        do {
            desk.turnToNextMember();
            try {
                var there = fingerprint(desk.getOnce(about(settings.url())), desk.getOnce(at("/")));
                seen = "release " + there.release;
                hasAnswered = true;
                var isNew = settings.release() == null
                        ? !there.equals(production)
                        : there.release.equals(settings.release());
                inARow = isNew ? inARow + 1 : 0;
            } catch (IOException e) {
                seen = DeskClient.describe(e);
                hasAnswered = false;
                inARow = 0;
            } catch (CheckFailed e) {
                seen = String.valueOf(e.getMessage());
                hasAnswered = false;
                inARow = 0;
            }
            if (inARow == needed) {
                return seen + ", " + needed + " times in a row";
            }
            if (inARow == 0) {
                Thread.sleep(settings.patience().retryPause());
            }
        } while (System.nanoTime() < deadline);
        if (hasAnswered && settings.release() == null) {
            return seen + " as in production: taken for the same release once more";
        }
        var expected = settings.release() == null ? "" : ", expected release " + settings.release();
        throw new CheckFailed(
                seen + expected + ", after " + settings.patience().settling().toSeconds() + " s");
    }

    /** Null where there is none yet, as before the first release. */
    private @Nullable Fingerprint productionFingerprint() throws InterruptedException {
        var production = settings.productionUrl();
        if (production == null) {
            return null;
        }
        try {
            return fingerprint(desk.get(about(production), Map.of()), desk.get(production.resolve("/"), Map.of()));
        } catch (CheckFailed e) {
            return null;
        }
    }

    private static Fingerprint fingerprint(Answer about, Answer page) {
        var release = require(about, 200, "the API").header("X-Release");
        // The page's release too: a push that changes the backend alone leaves the page as it was.
        return new Fingerprint(
                release.map(OneLine::of).orElse("unknown"),
                page.header("X-Release").map(OneLine::of).orElse("unknown"),
                require(page, 200, "the page").body());
    }

    private static URI about(URI url) {
        return url.resolve("/api/v1/about");
    }

    private String checkHealth() throws InterruptedException {
        var answer = require(desk.get(settings.healthUrl(), Map.of()), 200, "health");
        var status = text(json(answer), "status");
        if (!status.equals("UP")) {
            throw new CheckFailed("the desk says " + OneLine.of(status));
        }
        return "the desk and its database are up";
    }

    private String signIn() throws InterruptedException {
        var body = JSON.writeValueAsString(Map.of(
                "email", settings.customer().email(),
                "password", settings.customer().password()));
        var answer = require(desk.ask("POST", at("/api/v1/sessions"), Map.of(), body), 200, "sign-in");
        accessToken = text(json(answer), "accessToken");
        sessionCookie = answer.header("Set-Cookie")
                .map(cookie -> cookie.split(";", 2)[0])
                .orElseThrow(() -> new CheckFailed("the session came without its cookie"));
        return "signed in as " + OneLine.of(settings.customer().email());
    }

    private String openTicket() throws InterruptedException {
        var body = JSON.writeValueAsString(Map.of(
                "subject",
                subject(),
                "body",
                "Opened by the release check; it is closed again by itself.",
                "attachmentIds",
                List.of()));
        var headers = Map.of("Authorization", "Bearer " + accessToken, "Idempotency-Key", deploymentId);
        var answer = require(desk.ask("POST", at("/api/v1/portal/tickets"), headers, body), 201, "opening a ticket");
        ticketNumber = json(answer).path("number").asLong(0);
        isTicketOpen = true;
        return "number " + ticketNumber;
    }

    private String readTicket() throws InterruptedException {
        var ticket = json(require(desk.get(ticket(""), authorization()), 200, "reading the ticket"));
        if (!text(ticket, "subject").equals(subject())
                || ticket.path("messages").isEmpty()) {
            throw new CheckFailed("ticket " + ticketNumber + " does not say what was written");
        }
        return "number " + ticketNumber + " as written";
    }

    /**
     * A new JVM's first answers are slow until it has compiled what it does, so they are the check's and not customers'.
     * It stops after as many as make a task fast, or when the time for it is over; how fast they are never fails it.
     */
    private String warmUp() throws InterruptedException {
        var paths = List.of(at("/api/v1/portal/tickets"), ticket(""), at("/api/v1/me"));
        var start = System.nanoTime();
        var milliseconds = new ArrayList<Long>();
        for (var number = 0; number < WARM_UP_ANSWERS; number++) {
            var begin = System.nanoTime();
            if (begin - start >= settings.patience().warmUp().toNanos()) {
                break;
            }
            desk.turnToNextMember();
            var path = paths.get(number % paths.size());
            require(desk.get(path, authorization()), 200, path.getPath());
            milliseconds.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
        }
        var answers = milliseconds.size();
        return answers == 0
                ? "left out"
                : "%d answers, half of the first %d within %d ms, of the last within %d ms"
                        .formatted(
                                answers,
                                Math.min(answers, MEDIAN_OF),
                                median(milliseconds.subList(0, Math.min(answers, MEDIAN_OF))),
                                median(milliseconds.subList(Math.max(0, answers - MEDIAN_OF), answers)));
    }

    private static long median(List<Long> some) {
        return some.stream().sorted().skip(some.size() / 2).findFirst().orElse(0L);
    }

    private String closeTicket() throws InterruptedException {
        var ticket =
                json(require(desk.ask("PUT", ticket("/closure"), authorization(), null), 200, "closing the ticket"));
        isTicketOpen = false;
        var status = text(ticket, "status");
        if (!status.equals("CLOSED")) {
            throw new CheckFailed("ticket " + ticketNumber + " is " + OneLine.of(status) + " after its closure");
        }
        return "number " + ticketNumber;
    }

    private String signOut() throws InterruptedException {
        require(
                desk.ask("DELETE", at("/api/v1/sessions/current"), Map.of("Cookie", sessionCookie), null),
                204,
                "sign-out");
        sessionCookie = "";
        return "session ended";
    }

    private String loadPage() throws InterruptedException {
        var page = require(desk.get(at("/"), Map.of()), 200, "the page");
        if (!page.contentType().startsWith("text/html")) {
            throw new CheckFailed("the page is " + OneLine.of(page.contentType()));
        }
        if (!page.caching().contains("no-store") && !page.caching().contains("no-cache")) {
            throw new CheckFailed("the page may be kept by browsers (" + OneLine.of(page.caching())
                    + "): they would miss the next release");
        }
        var named = ENTRY_SCRIPT.matcher(page.body());
        if (!named.find()) {
            throw new CheckFailed("the page names no script below /assets");
        }
        script = named.group(1);
        return "names " + OneLine.of(script);
    }

    private String loadScript() throws InterruptedException {
        var answer = require(desk.get(at(script), Map.of()), 200, script);
        if (!answer.contentType().startsWith("text/javascript")
                && !answer.contentType().startsWith("application/javascript")) {
            throw new CheckFailed(OneLine.of(script + " is " + answer.contentType()));
        }
        if (!answer.caching().contains("immutable")) {
            throw new CheckFailed(OneLine.of(script + " is not immutable: " + answer.caching()));
        }
        if (answer.body().isBlank()) {
            throw new CheckFailed(OneLine.of(script + " is empty"));
        }
        return OneLine.of(script + ", " + answer.body().length() + " characters");
    }

    /** A page instead of a missing script is what breaks browsers that still show the previous release. */
    private String missScript() throws InterruptedException {
        var name = "/assets/missing-" + UUID.randomUUID().toString().substring(0, 8) + ".js";
        require(desk.get(at(name), Map.of()), 404, "a script that does not exist");
        return "answered 404";
    }

    /** After a failure: an open ticket would be found by people, an open session by nobody. */
    private void tidyUp() {
        try {
            if (isTicketOpen) {
                desk.ask("PUT", ticket("/closure"), authorization(), null);
            }
            if (!sessionCookie.isEmpty()) {
                desk.ask("DELETE", at("/api/v1/sessions/current"), Map.of("Cookie", sessionCookie), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // The failure itself is told already.
        }
    }

    private static Answer require(Answer answer, int status, String what) {
        if (answer.status() != status) {
            throw new CheckFailed("%s %s, expected %d%s".formatted(OneLine.of(what), answer, status, problem(answer)));
        }
        return answer;
    }

    /** A problem's type says why, and is made for machines: nothing secret stands in it. */
    private static String problem(Answer answer) {
        if (!answer.contentType().startsWith("application/problem+json")) {
            return "";
        }
        try {
            return OneLine.of(
                    "; problem " + JSON.readTree(answer.body()).path("type").asString("without type"));
        } catch (JacksonException e) {
            return "; unreadable problem";
        }
    }

    private static JsonNode json(Answer answer) {
        return JSON.readTree(answer.body());
    }

    private static String text(JsonNode node, String field) {
        var text = node.path(field).asString("");
        if (text.isEmpty()) {
            throw new CheckFailed("the answer holds no " + field);
        }
        return text;
    }

    private String subject() {
        return "Release check " + deploymentId;
    }

    private Map<String, String> authorization() {
        return Map.of("Authorization", "Bearer " + accessToken);
    }

    private URI ticket(String path) {
        return at("/api/v1/portal/tickets/" + ticketNumber + path);
    }

    private URI at(String path) {
        return settings.url().resolve(path);
    }

    private synchronized void begin(String name) {
        currentName = name;
        currentStart = System.nanoTime();
    }

    private synchronized void end(boolean hasPassed, String detail) {
        if (!isOver) {
            var duration = Duration.ofNanos(System.nanoTime() - currentStart);
            var step = new Step(currentName, hasPassed, duration, detail);
            steps.add(step);
            listener.accept(step);
            isOver = !hasPassed;
        }
    }

    private synchronized SmokeTestReport closedReport() {
        isOver = true;
        return new SmokeTestReport(steps, checks.size());
    }

    private record Check(String name, Action action) {}

    private interface Action {
        /** Says what was found. */
        String perform() throws IOException, InterruptedException;
    }

    private record Fingerprint(String release, String pageRelease, String page) {}
}
