package io.tealdesk.rehearsal.bench.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells one ticket after the other, each so that its history leads to its state, as the desk itself would write it. */
final class StoryWriter {

    private static final List<String> PRIORITIES = List.of("LOW", "MEDIUM", "HIGH", "CRITICAL");
    private static final int TAGS = 300;
    private static final Duration LATELY = Duration.ofDays(21);
    private static final Duration CLOSED_AFTER = Duration.ofDays(7);
    private static final double MEDIAN_GAP_MINUTES = 150;

    private final Population population;
    private final Prose prose;
    private final Instant now;
    private final SplittableRandom random;
    private final Zipf ofTags = new Zipf(TAGS, 0.9);
    private final Chapter chapter = new Chapter();

    private long number;
    private Instant time = Instant.EPOCH;
    private String status = "OPEN";

    StoryWriter(Population population, Prose prose, Instant now, SplittableRandom random) {
        this.population = population;
        this.prose = prose;
        this.now = now;
        this.random = random;
    }

    /** @param messageCount fewer are written where the story has not come so far yet */
    void tell(long ticketNumber, Instant openedAt, long firstMessage, int messageCount) {
        number = ticketNumber;
        time = openedAt;
        status = "OPEN";
        int customer = population.drawCustomer(random);
        UUID requester = population.customer(customer);
        Tongue tongue = population.tongueOf(customer);
        int team = population.drawTeam(random);
        String priority = "MEDIUM";
        @Nullable UUID assignee = null;
        @Nullable Instant firstRepliedAt = null;
        @Nullable Instant resolvedAt = null;
        @Nullable Instant dueAt = null;
        List<String> tags = List.of();
        event(requester, "OPENED", null, null);
        message(firstMessage, requester, "PUBLIC_REPLY", tongue, requester);
        Instant lastMessageAt = time;
        boolean saidByStaff = false;
        boolean hasComeToItsEnd = true;
        for (int message = 1; message < messageCount || message == 1; message++) {
            Instant next = time.plus(gap());
            if (!next.isBefore(now)) {
                hasComeToItsEnd = false;
                break;
            }
            time = next;
            if (message == 1) {
                // Sorted first, whoever answers then.
                if (random.nextInt(8) == 0) {
                    int right = population.drawTeam(random);
                    if (right != team) {
                        UUID sorter = population.drawAgent(team, random);
                        event(
                                sorter,
                                "TEAM",
                                population.team(team).toString(),
                                population.team(right).toString());
                        team = right;
                    }
                }
                UUID agent = population.drawAgent(team, random);
                assignee = agent;
                event(agent, "ASSIGNEE", null, agent.toString());
                String urgent = PRIORITIES.get(new int[] {0, 1, 1, 1, 1, 1, 2, 2, 3, 1}[random.nextInt(10)]);
                if (!urgent.equals(priority)) {
                    event(agent, "PRIORITY", priority, urgent);
                    priority = urgent;
                }
                tags = tags();
                if (!tags.isEmpty()) {
                    event(agent, "TAGS", null, String.join(",", tags));
                }
                if (random.nextInt(5) == 0) {
                    dueAt = openedAt.plus(Duration.ofDays(1L + random.nextInt(5)));
                    event(agent, "DUE_DATE", null, dueAt.toString());
                }
                if (messageCount == 1) {
                    break;
                }
            }
            UUID agent = assignee == null || random.nextInt(8) == 0 ? population.drawAgent(team, random) : assignee;
            int chance = random.nextInt(100);
            if (chance < 14) {
                message(firstMessage + message, agent, "INTERNAL_NOTE", tongue, requester);
            } else if (message == 1 || chance < 58) {
                message(firstMessage + message, agent, "PUBLIC_REPLY", tongue, requester);
                saidByStaff = true;
                lastMessageAt = time;
                if (firstRepliedAt == null) {
                    firstRepliedAt = time;
                }
                become(agent, random.nextInt(10) < 6 ? "WAITING_ON_CUSTOMER" : "IN_PROGRESS");
            } else {
                message(firstMessage + message, requester, "PUBLIC_REPLY", tongue, requester);
                saidByStaff = false;
                lastMessageAt = time;
                if (status.equals("WAITING_ON_CUSTOMER")) {
                    become(requester, "IN_PROGRESS");
                }
            }
        }
        boolean isRecent = time.isAfter(now.minus(LATELY));
        boolean restsHere = !hasComeToItsEnd || random.nextInt(1000) < (isRecent ? 550 : 20);
        if (!restsHere && assignee != null) {
            time = earlier(time.plus(gap()), now.minusSeconds(1));
            if (random.nextInt(50) == 0) {
                become(assignee, "CANCELLED");
            } else {
                become(assignee, "RESOLVED");
                resolvedAt = time;
                if (time.isBefore(now.minus(CLOSED_AFTER)) && random.nextInt(10) < 8) {
                    time = time.plus(CLOSED_AFTER);
                    become(null, "CLOSED");
                }
            }
        } else if (random.nextInt(6) == 0 && assignee != null) {
            become(assignee, "WAITING_ON_THIRD_PARTY");
        }
        chapter.tickets
                .add(number)
                .add(prose.subject(tongue, random))
                .add(status)
                .add(priority)
                .add(requester)
                .add(population.organisation(customer))
                .add(population.team(team))
                .add(assignee)
                .add(tags)
                .add(dueAt)
                .add(openedAt)
                .add(time)
                .add(firstRepliedAt)
                .add(resolvedAt)
                .add(lastMessageAt)
                .add(saidByStaff ? "STAFF" : "REQUESTER")
                .endRow();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Half of them below the median, some many times as long. */
    private Duration gap() {
        double minutes = MEDIAN_GAP_MINUTES * Math.exp(gaussian() * 1.4);
        return Duration.ofMillis((long) (minutes * 60_000) + 1);
    }

    /** Of twelve equal parts: near enough, and far cheaper than what the library does. */
    private double gaussian() {
        double sum = 0;
        for (int part = 0; part < 12; part++) {
            sum += random.nextDouble();
        }
        return sum - 6;
    }

    private void become(@Nullable UUID actor, String next) {
        if (!next.equals(status)) {
            event(actor, "STATUS", status, next);
            status = next;
        }
    }

    private void event(@Nullable UUID actor, String kind, @Nullable String from, @Nullable String to) {
        chapter.events
                .add(number)
                .add(actor)
                .add(kind)
                .add(from)
                .add(to)
                .add(time)
                .endRow();
    }

    private void message(long id, UUID author, String kind, Tongue tongue, UUID requester) {
        String text = prose.message(tongue, random);
        chapter.messages
                .add(id)
                .add(number)
                .add(author)
                .add(kind)
                .add(text)
                .add("<p>" + text + "</p>")
                .add(time)
                .endRow();
        if (random.nextInt(100) < (author.equals(requester) ? 9 : 3)) {
            attachment(id, author);
        }
    }

    private void attachment(long message, UUID author) {
        UUID id = Ids.next(random);
        chapter.attachments
                .add(id)
                .add("bench/" + id)
                .add("scan-" + random.nextInt(1000) + ".pdf")
                .add("application/pdf")
                .add(20_000L + random.nextInt(900_000))
                .addHex("00".repeat(32))
                .add(author)
                .add(time)
                .endRow();
        chapter.messageAttachments.add(message).add(id).add(0).endRow();
    }

    private List<String> tags() {
        int count = new int[] {0, 0, 0, 1, 1, 1, 1, 2, 2, 3}[random.nextInt(10)];
        List<String> drawn = new ArrayList<>();
        for (int tag = 0; tag < count; tag++) {
            String next = "tag-" + ofTags.draw(random);
            if (!drawn.contains(next)) {
                drawn.add(next);
            }
        }
        Collections.sort(drawn);
        return drawn;
    }

    Chapter chapter() {
        return chapter;
    }
}
