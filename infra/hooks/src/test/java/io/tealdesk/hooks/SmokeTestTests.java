package io.tealdesk.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.net.httpserver.HttpServer;
import io.tealdesk.hooks.FakeDesk.Reply;
import io.tealdesk.hooks.SmokeTestReport.Step;
import io.tealdesk.hooks.SmokeTestSettings.Credentials;
import io.tealdesk.hooks.SmokeTestSettings.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class SmokeTestTests {

    private static final String DEPLOYMENT = "d-ABCDEF123";
    // A busy machine is slow, not wrong.
    private static final Patience PATIENT = new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofSeconds(15));
    // For what is going to fail, or to settle for less, once the time is over.
    private static final Patience HASTY = new Patience(
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofSeconds(15));

    private final FakeDesk desk = new FakeDesk();
    private final FakeDesk production = new FakeDesk();
    private final List<Step> told = new ArrayList<>();

    @AfterEach
    void closeDesks() {
        desk.close();
        production.close();
    }

    @Test
    void usesTheDeskAsACustomerWould() throws Exception {
        var report = run(settings());

        assertThat(report.hasPassed()).as(report.summary()).isTrue();
        assertThat(report.steps())
                .extracting(Step::name)
                .containsExactly(
                        "test traffic",
                        "health",
                        "sign-in",
                        "ticket opened",
                        "ticket read",
                        "warm-up",
                        "ticket closed",
                        "sign-out",
                        "page",
                        "script",
                        "missing script");
        assertThat(told).isEqualTo(report.steps());
        assertThat(report.summary()).isEqualTo("All 11 steps passed.");
    }

    @Test
    void leavesAClosedTicketAndNoSession() throws Exception {
        run(settings());

        assertThat(desk.tickets.values())
                .extracting(ticket -> ticket.path("subject").asString())
                .containsExactly("Release check " + DEPLOYMENT);
        assertThat(desk.statusOfTicket).containsEntry(10001L, "CLOSED");
        assertThat(desk.openSessions).hasValue(0);
    }

    @Test
    void usesTheDeskUntilItIsFast() throws Exception {
        var report = run(settings());

        assertThat(report.steps())
                .filteredOn(step -> step.name().equals("warm-up"))
                .singleElement()
                .satisfies(step -> assertThat(step.detail()).matches("\\d+ answers, half of the first .*"));
        assertThat(desk.count("GET /api/v1/portal/tickets")).isPositive();
    }

    @Test
    void findsTheSameTicketWhenLambdaCallsAgain() throws Exception {
        run(settings());

        assertThat(run(settings()).hasPassed()).isTrue();
        assertThat(desk.tickets).hasSize(1);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("health", "GET /actuator/health", r -> r.json(503, "{\"status\":\"DOWN\"}"), "answered 503"),
                fault("health", "GET /actuator/health", r -> r.json(200, "{\"status\":\"OUT_OF_SERVICE\"}"), "OUT_OF"),
                fault("sign-in", "POST /api/v1/sessions", r -> r.problem(401, "/problems/x"), "problem /problems/x"),
                fault("sign-in", "POST /api/v1/sessions", r -> r.json(200, "{}"), "no accessToken"),
                fault("sign-in", "POST /api/v1/sessions", r -> r.json(200, "{\"accessToken\":\"t\"}"), "cookie"),
                fault("sign-in", "POST /api/v1/sessions", r -> r.json(200, "s3cret, not JSON"), "not the JSON"),
                fault("ticket opened", "POST /api/v1/portal/tickets", r -> r.problem(500, "about:blank"), "500"),
                fault("ticket opened", "POST /api/v1/portal/tickets", r -> r.json(200, "{}"), "expected 201"),
                fault("ticket read", "GET /api/v1/portal/tickets/10001", r -> r.problem(404, "/problems/n"), "404"),
                fault(
                        "ticket read",
                        "GET /api/v1/portal/tickets/10001",
                        r -> r.json(200, "{\"subject\":\"Another\",\"messages\":[{}]}"),
                        "not say what was written"),
                fault(
                        "ticket read",
                        "GET /api/v1/portal/tickets/10001",
                        r -> r.json(200, "{\"subject\":\"Release check " + DEPLOYMENT + "\",\"messages\":[]}"),
                        "not say what was written"),
                fault("warm-up", "GET /api/v1/portal/tickets", r -> r.problem(500, "about:blank"), "500"),
                fault(
                        "ticket closed",
                        "PUT /api/v1/portal/tickets/10001/closure",
                        r -> r.json(200, "{\"status\":\"RECEIVED\"}"),
                        "RECEIVED after its closure"),
                fault("sign-out", "DELETE /api/v1/sessions/current", r -> r.problem(500, "about:blank"), "500"),
                fault("script", "GET /assets/index-Bv3x9QaL.js", r -> r.send(404, "text/plain", "no"), "404"),
                fault(
                        "script",
                        "GET /assets/index-Bv3x9QaL.js",
                        r -> r.header("Cache-Control", "immutable").send(200, "text/html", FakeDesk.PAGE),
                        "is text/html"),
                fault(
                        "script",
                        "GET /assets/index-Bv3x9QaL.js",
                        r -> r.header("Cache-Control", "no-cache").send(200, "text/javascript", "1"),
                        "not immutable: no-cache"),
                fault(
                        "script",
                        "GET /assets/index-Bv3x9QaL.js",
                        r -> r.header("Cache-Control", "immutable").send(200, "text/javascript", " "),
                        "is empty"),
                fault(
                        "missing script",
                        "GET /assets/missing",
                        r -> r.send(200, "text/html", FakeDesk.PAGE),
                        "answered 200 (text/html), expected 404"));
    }

    private static Arguments fault(String step, String request, Consumer<Reply> answer, String says) {
        return argumentSet(step + ": " + says, step, request, answer, says);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void failsInTheStepThatIsWrong(String step, String request, Consumer<Reply> answer, String says) throws Exception {
        desk.spoil(request, answer);

        var report = run(settings());

        assertThat(report.hasPassed()).isFalse();
        assertThat(report.steps().getLast().name()).isEqualTo(step);
        assertThat(report.summary()).contains(says);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void failsOnAPageThatBrowsersCouldNotUse(String caching, String type, String page, String says) throws Exception {
        // Answered well while test traffic is awaited, and spoilt after that.
        desk.spoil("DELETE /api/v1/sessions/current", reply -> {
            desk.spoil("GET /", later -> later.header("Cache-Control", caching).send(200, type, page));
            reply.send(204, "", "");
        });

        var report = run(settings());

        assertThat(report.steps().getLast().name()).isEqualTo("page");
        assertThat(report.summary()).contains(says);
    }

    static Stream<Arguments> pages() {
        return Stream.of(
                argumentSet("kept by browsers", "max-age=3600", "text/html", FakeDesk.PAGE, "may be kept"),
                argumentSet("another type", "no-store", "text/plain", FakeDesk.PAGE, "the page is text/plain"),
                argumentSet("no script", "no-store", "text/html", "<p>It works!</p>", "names no script"));
    }

    @Test
    void closesItsTicketAndSessionAfterAFailureToo() throws Exception {
        desk.spoil("GET /api/v1/portal/tickets/10001", reply -> reply.problem(500, "about:blank"));

        run(settings());

        assertThat(desk.statusOfTicket).containsEntry(10001L, "CLOSED");
        assertThat(desk.openSessions).hasValue(0);
    }

    @Test
    void asksAgainWhenTheLoadBalancerFoundNoTask() throws Exception {
        var tries = new AtomicInteger();
        desk.spoil("GET /actuator/health", reply -> {
            if (tries.incrementAndGet() < 3) {
                reply.send(503, "text/html", "<h1>503 Service Temporarily Unavailable</h1>");
            } else {
                reply.json(200, "{\"status\":\"UP\"}");
            }
        });

        assertThat(run(settings()).hasPassed()).isTrue();
    }

    @Test
    void doesNotAskAgainWhatTheDeskItselfRefused() throws Exception {
        desk.spoil("POST /api/v1/sessions", reply -> reply.problem(500, "about:blank"));

        run(settings());

        assertThat(desk.count("POST /api/v1/sessions")).isOne();
    }

    @Test
    void failsWhenNobodyListens() throws Exception {
        desk.close();

        var report = run(settings(HASTY));

        assertThat(report.steps()).hasSize(1);
        assertThat(report.summary()).contains("test traffic: FAILED", "HttpHostConnectException");
    }

    @Test
    void failsWhenTheConnectionIsCutAgainAndAgain() throws Exception {
        desk.spoil("GET /actuator/health", reply -> reply.exchange().close());

        var report = run(settings());

        assertThat(report.summary()).contains("health: FAILED", "3 times");
        assertThat(desk.count("GET /actuator/health")).isEqualTo(3);
    }

    @Test
    void givesUpOnADeskThatNeverAnswers() throws Exception {
        var forever = new CountDownLatch(1);
        desk.spoil("POST /api/v1/sessions", reply -> await(forever));

        var report = run(settings(PATIENT.within(Duration.ofSeconds(3))));

        assertThat(report.summary()).contains("sign-in: FAILED", "out of time: 3 s");
        forever.countDown();
    }

    /** Each packet comes in time, so no time-out of a connection ends this. */
    @Test
    void givesUpOnAnAnswerThatNeverEnds() throws Exception {
        var isEnough = new CountDownLatch(1);
        desk.spoil("GET /actuator/health", reply -> drip(reply, isEnough));

        var report = run(settings(PATIENT.within(Duration.ofSeconds(3))));

        assertThat(report.summary()).contains("health: FAILED", "out of time: 3 s");
        isEnough.countDown();
    }

    @Test
    void refusesAnAnswerTooLargeToHold() throws Exception {
        desk.spoil("GET /actuator/health", reply -> reply.json(200, "x".repeat(6 * 1024 * 1024)));

        assertThat(run(settings()).summary()).contains("health: FAILED", "more than 5 MiB");
    }

    @Test
    void survivesACrashOfItsOwn() throws Exception {
        var test = new SmokeTest(settings(), DEPLOYMENT, step -> {
            if (step.name().equals("health") && step.hasPassed()) {
                throw new OutOfMemoryError("Java heap space");
            }
            told.add(step);
        });

        var report = test.run();

        assertThat(report.hasPassed()).isFalse();
        assertThat(report.summary()).contains("crashed: java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void waitsUntilTestTrafficHasArrivedAtTheNewRelease() throws Exception {
        production.release = "old";
        var asked = new AtomicInteger();
        // A member of the load balancer that learns late: new, old, new, new, new.
        desk.spoil(
                "GET /api/v1/about",
                reply -> reply.header("X-Release", asked.incrementAndGet() == 2 ? "old" : "new")
                        .json(200, "{}"));

        var report = run(settings(production.url(), null, PATIENT));

        assertThat(report.hasPassed()).as(report.summary()).isTrue();
        assertThat(asked).hasValue(5);
        assertThat(report.steps().getFirst().detail()).isEqualTo("release new, 3 times in a row");
    }

    @Test
    void tellsAFrontendOfTheSameReleaseByItsPage() throws Exception {
        production.spoil("GET /", reply -> reply.send(200, "text/html", "<p>The page of yesterday</p>"));

        var report = run(settings(production.url(), null, PATIENT));

        assertThat(report.steps().getFirst().detail()).isEqualTo("release new, 3 times in a row");
    }

    @Test
    void tellsAFrontendOfTheSamePageByItsRelease() throws Exception {
        desk.spoil("GET /", reply -> reply.header("X-Release", "newer").send(200, "text/html", FakeDesk.PAGE));

        var report = run(settings(production.url(), null, PATIENT));

        assertThat(report.steps().getFirst().detail()).isEqualTo("release new, 3 times in a row");
    }

    @Test
    void passesWhenTheSameReleaseIsDeployedAgain() throws Exception {
        var report = run(settings(production.url(), null, HASTY));

        assertThat(report.hasPassed()).isTrue();
        assertThat(report.steps().getFirst().detail()).contains("taken for the same release once more");
    }

    @Test
    void needsNoProductionBeforeTheFirstRelease() throws Exception {
        production.spoil("GET /api/v1/about", reply -> reply.send(404, "text/plain", "Nothing is here."));

        assertThat(run(settings(production.url(), null, PATIENT)).hasPassed()).isTrue();
    }

    @Test
    void failsWhenTheExpectedReleaseNeverComes() throws Exception {
        desk.release = "old";

        var report = run(settings(null, "new", HASTY));

        assertThat(report.steps()).hasSize(1);
        assertThat(report.summary()).contains("release old, expected release new, after 0 s");
    }

    @Test
    void asksEveryMemberOfTheLoadBalancerByTheDesksOwnName() throws Exception {
        var names = new CopyOnWriteArrayList<String>();
        desk.spoil("GET /actuator/health", reply -> {
            names.add(reply.requestHeader("Host"));
            reply.json(200, "{\"status\":\"UP\"}");
        });
        var url = URI.create("http://desk.tealdesk.invalid:" + desk.port());
        var elsewhere = InetAddress.getByName("127.0.0.2");
        try (var other = new FakeDesk(httpServer(elsewhere, desk.port()))) {
            var report = run(at(url, InetAddress.getLoopbackAddress(), elsewhere));

            assertThat(report.steps().getFirst().detail()).contains("6 times in a row");
            assertThat(other.count("GET /api/v1/about")).isEqualTo(3);
            assertThat(desk.count("GET /api/v1/about")).isEqualTo(3);
            assertThat(names).containsOnly("desk.tealdesk.invalid:" + desk.port());
        }
    }

    private static HttpServer httpServer(InetAddress address, int port) {
        try {
            return HttpServer.create(new InetSocketAddress(address, port), 0);
        } catch (IOException e) {
            return abort("This machine has no second loopback address.");
        }
    }

    @Test
    void goesOnWithAnotherMemberWhenOneIsGone() throws Exception {
        var url = URI.create("http://desk.tealdesk.invalid:" + desk.port());
        // The server listens on 127.0.0.1 alone, so nobody answers at the other address.
        var report = run(at(url, InetAddress.getByName("127.0.0.2"), InetAddress.getLoopbackAddress()));

        assertThat(report.hasPassed()).as(report.summary()).isTrue();
    }

    @Test
    void neverTellsAPasswordOrToken() throws Exception {
        desk.spoil(
                "GET /api/v1/portal/tickets/10001",
                reply -> reply.header("X-Request-Id", "line\tbreak")
                        .json(500, "{\"token\":\"" + FakeDesk.TOKEN + "\"}"));

        var report = run(settings());

        assertThat(told.toString() + report + settings())
                .doesNotContain(FakeDesk.TOKEN, FakeDesk.CUSTOMER.password(), "opaque", "\t")
                .contains("request line break");
    }

    @Test
    void failsWithoutTheRightPassword() throws Exception {
        var wrong = SmokeTestSettings.of(desk.url(), new Credentials(FakeDesk.CUSTOMER.email(), "another"));

        assertThat(run(wrong).summary()).contains("sign-in: FAILED", "401").doesNotContain("another");
    }

    @Test
    void countsNoTestThatWasNotFinished() {
        assertThat(new SmokeTestReport(List.of(), 10).hasPassed()).isFalse();
        assertThat(new SmokeTestReport(List.of(), 10).summary()).isEqualTo("Not all steps were taken.");
    }

    private SmokeTestReport run(SmokeTestSettings settings) throws InterruptedException {
        told.clear();
        return new SmokeTest(settings, DEPLOYMENT, told::add).run();
    }

    private SmokeTestSettings settings() {
        return settings(PATIENT);
    }

    private SmokeTestSettings settings(Patience patience) {
        return settings(null, null, patience);
    }

    private SmokeTestSettings settings(@Nullable URI running, @Nullable String release, Patience patience) {
        return new SmokeTestSettings(
                desk.url(),
                running,
                desk.url().resolve("/actuator/health"),
                List.of(),
                release,
                FakeDesk.CUSTOMER,
                patience);
    }

    private static SmokeTestSettings at(URI url, InetAddress... addresses) {
        return new SmokeTestSettings(
                url, null, url.resolve("/actuator/health"), List.of(addresses), null, FakeDesk.CUSTOMER, PATIENT);
    }

    private static void drip(Reply reply, CountDownLatch isEnough) {
        try {
            reply.exchange().sendResponseHeaders(200, 0);
            while (!isEnough.await(20, TimeUnit.MILLISECONDS)) {
                reply.exchange().getResponseBody().write(' ');
                reply.exchange().getResponseBody().flush();
            }
        } catch (IOException e) {
            // The check has hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
