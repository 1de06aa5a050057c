package io.tealdesk.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tealdesk.gates.RunningDesk.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Some people who each sign in once and then read, write and refresh their session without a pause, each request on
 * whichever task comes first. Whatever is not answered as it should be is kept.
 */
class PeopleAtWork {

    private static final int PEOPLE = 6;
    private static final Duration PAUSE = Duration.ofMillis(40);

    private final List<RunningDesk> tasks;
    private final Duration accessTokensLive;
    private final ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> keysSeen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger refreshes = new AtomicInteger();
    private volatile boolean isOver;

    private PeopleAtWork(List<RunningDesk> tasks, Duration accessTokensLive) {
        this.tasks = tasks;
        this.accessTokensLive = accessTokensLive;
    }

    static PeopleAtWork on(RunningDesk one, RunningDesk other, Duration accessTokensLive) throws IOException {
        var people = new PeopleAtWork(new CopyOnWriteArrayList<>(List.of(one, other)), accessTokensLive);
        var requester = one.post(
                        one.logIn().accessToken(),
                        "/api/v1/people",
                        "{\"name\": \"Ines\", \"email\": \"ines@example.org\"}")
                .json()
                .path("id")
                .asString();
        var first = one.logIn();
        assertThat(first.status()).isEqualTo(200);
        IntStream.range(0, PEOPLE).forEach(number -> people.threads.execute(() -> people.work(number, requester)));
        return people;
    }

    private void work(int number, String requester) {
        try {
            var session = task().logIn();
            var since = System.nanoTime();
            for (int i = 0; !isOver; i++) {
                if (System.nanoTime() - since > accessTokensLive.toNanos() / 3) {
                    var refreshed = task().refresh(session.refreshToken());
                    refreshes.incrementAndGet();
                    if (!isAsExpected("refresh", 200, refreshed)) {
                        return;
                    }
                    session = refreshed;
                    since = System.nanoTime();
                }
                noteKey(session.accessToken());
                if (i % 5 == 0) {
                    isAsExpected("write", 201, task().post(session.accessToken(), "/api/v1/tickets", """
                            {"requesterId": "%s", "subject": "Person %d, ticket %d", "body": "Written while secrets rotate.",
                             "attachmentIds": []}""".formatted(
                                    requester, number, i)));
                } else {
                    isAsExpected("read", 200, task().get(session.accessToken(), "/api/v1/tickets?limit=10"));
                }
                Thread.sleep(PAUSE);
            }
        } catch (IOException | RuntimeException failure) {
            failures.add(failure.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAsExpected(String what, int status, Answer answer) {
        answers.incrementAndGet();
        if (answer.status() != status) {
            failures.add(what + ": " + answer.status() + " " + answer.response().body());
            return false;
        }
        return true;
    }

    private RunningDesk task() {
        return tasks.get(ThreadLocalRandom.current().nextInt(tasks.size()));
    }

    private void noteKey(String accessToken) {
        var header = new String(
                Base64.getUrlDecoder().decode(accessToken.substring(0, accessToken.indexOf('.'))),
                StandardCharsets.UTF_8);
        keysSeen.add(JsonMapper.shared().readTree(header).path("kid").asString());
    }

    /** Everybody has been answered since, and always as they should. */
    void assertAtWork() {
        var before = answers.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> !failures.isEmpty() || answers.get() > before + 20 * PEOPLE);
        assertThat(failures).isEmpty();
    }

    /** Nobody asks this task any more, as when a load balancer has taken it out. */
    void leave(RunningDesk task) {
        tasks.remove(task);
    }

    Set<String> keysSeen() {
        return keysSeen;
    }

    String summary() {
        return "%d requests and %d refreshes answered while passwords and keys rotated, %d not as they should be; keys: %s"
                .formatted(answers.get(), refreshes.get(), failures.size(), keysSeen);
    }

    void close() throws InterruptedException {
        isOver = true;
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.MINUTES);
    }
}
