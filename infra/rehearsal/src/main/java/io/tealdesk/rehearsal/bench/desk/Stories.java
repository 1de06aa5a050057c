package io.tealdesk.rehearsal.bench.desk;

import java.time.Instant;
import java.util.SplittableRandom;

/** Tells all tickets, chapter by chapter. A chapter needs no other, so that several threads can tell at once. */
final class Stories {

    static final int CHAPTER = 5_000;
    private static final int MESSAGES_MAX = 250;

    private final long firstNumber;
    private final int tickets;
    private final long seed;
    private final Instant now;
    private final Population population;
    private final Prose prose;
    private final BusyHours busyHours;
    /** How many messages there are before each ticket's; one more than there are tickets. */
    private final long[] messagesBefore;

    Stories(
            long firstNumber,
            int tickets,
            long seed,
            Instant now,
            Population population,
            Prose prose,
            BusyHours busyHours) {
        this.firstNumber = firstNumber;
        this.tickets = tickets;
        this.seed = seed;
        this.now = now;
        this.population = population;
        this.prose = prose;
        this.busyHours = busyHours;
        this.messagesBefore = messagesBefore(tickets, new SplittableRandom(seed));
    }

    /** Six on average; one of a hundred threads is long, and one of ten thousand endless. */
    private static long[] messagesBefore(int tickets, SplittableRandom random) {
        long[] before = new long[tickets + 1];
        for (int place = 0; place < tickets; place++) {
            double chance = random.nextDouble();
            // Geometric, of mean 4.7 above the first.
            int count = 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1 / 5.7));
            if (chance < 0.01) {
                count += (int) (20 / Math.sqrt(1 - random.nextDouble()));
            }
            before[place + 1] = before[place] + Math.min(count, MESSAGES_MAX);
        }
        return before;
    }

    int chapters() {
        return (tickets + CHAPTER - 1) / CHAPTER;
    }

    /** No message has a higher id; some are not written, where a story has not come so far. */
    long highestMessage() {
        return messagesBefore[tickets];
    }

    Chapter tell(int chapter) {
        var random = new SplittableRandom(seed * 31 + chapter);
        var writer = new StoryWriter(population, prose, now, random);
        int end = Math.min(tickets, (chapter + 1) * CHAPTER);
        for (int place = chapter * CHAPTER; place < end; place++) {
            writer.tell(
                    firstNumber + place,
                    busyHours.openedAt(place),
                    messagesBefore[place] + 1,
                    Math.toIntExact(messagesBefore[place + 1] - messagesBefore[place]));
        }
        return writer.chapter();
    }
}
