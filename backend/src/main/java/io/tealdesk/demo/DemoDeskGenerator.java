package io.tealdesk.demo;

import io.tealdesk.demo.DemoContent.Customer;
import io.tealdesk.demo.DemoContent.Scenario;
import io.tealdesk.demo.DemoDesk.DemoTicket;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Tells the tickets of ninety days. The same seed and the same moment give the same desk. */
final class DemoDeskGenerator {

    static final int TICKETS = 600;

    private static final Duration PERIOD = Duration.ofDays(90);
    private static final int ATTEMPTS_MAX = 40;

    /** How many tickets are still under way, by status; all others are done. */
    private static final Map<TicketStatus, Integer> UNDER_WAY = Collections.unmodifiableMap(new EnumMap<>(Map.of(
            TicketStatus.OPEN,
            30,
            TicketStatus.IN_PROGRESS,
            24,
            TicketStatus.WAITING_ON_CUSTOMER,
            24,
            TicketStatus.WAITING_ON_THIRD_PARTY,
            14)));

    private final DemoContent content;
    private final Instant now;
    private final Random random;
    private final Cast cast;
    private final List<Scenario> deck = new ArrayList<>();
    private final Map<String, Integer> timesTold = new HashMap<>();
    private final Set<String> subjects = new HashSet<>();
    private final Set<String> tellers = new HashSet<>();

    DemoDeskGenerator(DemoContent content, Instant now, long seed) {
        this.content = content;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.random = new Random(seed);
        this.cast = new Cast(content, random);
    }

    DemoDesk generate() {
        var tickets = new ArrayList<DemoTicket>();
        UNDER_WAY.forEach((status, count) -> {
            for (int told = 0; told < count; told++) {
                tickets.add(underWay(status));
            }
        });
        while (tickets.size() < TICKETS) {
            tickets.add(done());
        }
        tickets.sort(Comparator.comparing(DemoTicket::createdAt));
        return new DemoDesk(cast.teamRows(), cast.organisationRows(), cast.personRows(), List.copyOf(tickets));
    }

    private DemoTicket underWay(TicketStatus status) {
        while (true) {
            var scenario = draw(each -> each.around() == null
                    && !each.isAbandoned()
                    && !stops(each, status).isEmpty());
            for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
                var story = begin(scenario, recently(scenario, status), 35);
                if (story.isPresent() && toldUpTo(story.get(), scenario, status)) {
                    return accepted(story.get(), scenario);
                }
            }
        }
    }

    private boolean toldUpTo(TicketStory story, Scenario scenario, TicketStatus status) {
        var stops = stops(scenario, status);
        int stop = stops.get(random.nextInt(stops.size()));
        if (status == TicketStatus.OPEN && scenario.team().equals("Technical") && random.nextInt(100) < 45) {
            tell(story, scenario, scenario.story().size() - 1);
            story.comeBack();
            return story.status() == status && !story.time().isAfter(now);
        }
        tell(story, scenario, stop);
        if (stop == 0) {
            int chance = random.nextInt(100);
            if (story.status() != status) {
                story.waitForAgent(null);
                story.startWork();
            } else if (chance < 30) {
                story.waitForAgent(null);
                story.sortOnly();
            } else if (chance < 55) {
                story.waitForAgent(null);
                story.triage();
            }
        }
        return story.status() == status && !story.time().isAfter(now);
    }

    /** The steps after which the scenario may rest in that status; work on the first one can also just have begun. */
    private static List<Integer> stops(Scenario scenario, TicketStatus status) {
        var stops = new ArrayList<Integer>();
        var reached = TicketStatus.OPEN;
        for (int index = 0; index < scenario.story().size(); index++) {
            reached = TicketStory.statusAfter(reached, scenario.story().get(index));
            if (reached == status || (index == 0 && status == TicketStatus.IN_PROGRESS)) {
                stops.add(index);
            }
        }
        return stops;
    }

    private DemoTicket done() {
        while (true) {
            var scenario = draw(each -> true);
            for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
                var story = begin(scenario, anyTime(scenario), 10);
                if (story.isPresent() && toldToTheEnd(story.get(), scenario)) {
                    return accepted(story.get(), scenario);
                }
            }
        }
    }

    private boolean toldToTheEnd(TicketStory story, Scenario scenario) {
        tell(story, scenario, scenario.story().size() - 1);
        if (scenario.isAbandoned()) {
            story.abandon();
            return !story.time().isAfter(now);
        }
        if (story.status() != TicketStatus.RESOLVED) {
            story.resolve();
        } else if (random.nextInt(100) < 9) {
            story.thank();
        }
        if (story.time().isAfter(now)) {
            return false;
        }
        var age = Duration.between(story.time(), now);
        if (random.nextInt(100) < 22 && age.toDays() > 2) {
            story.closeByCustomer(Duration.ofMinutes(30 + random.nextInt(1800)));
        } else if (random.nextInt(100) < 78 && age.toDays() > 13) {
            story.closeByAgent(Duration.ofHours(72 + random.nextInt(120)));
        }
        return !story.time().isAfter(now);
    }

    private void tell(TicketStory story, Scenario scenario, int lastStep) {
        int variant = timesTold.getOrDefault(scenario.key(), 0);
        for (int index = 1; index <= lastStep; index++) {
            if (index > 2 && random.nextInt(100) < 6) {
                story.handOver();
            }
            // Different strides, so that the first variant of one step does not always meet the first of the next.
            story.tell(scenario.story().get(index), variant / (index + 1) + variant * index);
        }
    }

    private Optional<TicketStory> begin(Scenario scenario, Instant opened, int dueDatePercent) {
        var suitable = content.customers().stream().filter(scenario::suits).toList();
        var fresh = suitable.stream()
                .filter(each -> !tellers.contains(scenario.key() + each.email()))
                .toList();
        Customer customer = cast.weightedCustomer(fresh.isEmpty() ? suitable : fresh);
        int variant = timesTold.getOrDefault(scenario.key(), 0) + random.nextInt(2);
        var story = new TicketStory(content, cast, random, scenario, customer, opened, variant, dueDatePercent);
        if (subjects.contains(story.finalSubject())) {
            return Optional.empty();
        }
        return Optional.of(story);
    }

    private DemoTicket accepted(TicketStory story, Scenario scenario) {
        subjects.add(story.finalSubject());
        tellers.add(scenario.key() + story.customerEmail());
        timesTold.merge(scenario.key(), 1, Integer::sum);
        return story.ticket();
    }

    /** Scenarios come from a shuffled deck, so that none is told again before nearly all have been. */
    private Scenario draw(Predicate<Scenario> wanted) {
        if (deck.stream().noneMatch(wanted)) {
            content.scenarios().forEach(scenario -> deck.addAll(Collections.nCopies(scenario.weight(), scenario)));
            Collections.shuffle(deck, random);
        }
        var drawn = deck.stream().filter(wanted).findFirst().orElseThrow();
        deck.remove(drawn);
        return drawn;
    }

    private Instant anyTime(Scenario scenario) {
        if (scenario.around() == null) {
            // The last days already hold what is under way.
            var until = random.nextInt(100) < 65 ? now.minus(Duration.ofDays(9)) : now;
            return WorkingHours.customerMoment(now.minus(PERIOD), until, random);
        }
        var day = LocalDate.ofInstant(now, WorkingHours.ZONE).minusDays(scenario.around());
        var morning = WorkingHours.workingDay(day)
                .atTime(7, 30)
                .atZone(WorkingHours.ZONE)
                .toInstant();
        // Most of what happens to everybody arrives in the first hours, the rest trickles in.
        return morning.plusSeconds((long) (Math.abs(random.nextGaussian()) * 2.2 * 3600));
    }

    private Instant recently(Scenario scenario, TicketStatus status) {
        double days = switch (status) {
            case OPEN -> 2.5;
            case IN_PROGRESS -> 5;
            case WAITING_ON_CUSTOMER -> 14;
            case WAITING_ON_THIRD_PARTY, RESOLVED, CLOSED, CANCELLED -> 18;
        };
        // A few have been waiting for much longer, but never what is urgent.
        var isUrgent = scenario.priority() == TicketPriority.CRITICAL;
        double share = isUrgent ? 0.3 : random.nextInt(100) < 12 ? 3 : 1;
        var window = Duration.ofMinutes((long) (days * share * 24 * 60));
        return WorkingHours.customerMoment(now.minus(window), now, random);
    }
}
