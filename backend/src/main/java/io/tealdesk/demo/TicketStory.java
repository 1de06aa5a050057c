package io.tealdesk.demo;

import io.tealdesk.demo.DemoContent.Agent;
import io.tealdesk.demo.DemoContent.Customer;
import io.tealdesk.demo.DemoContent.Scenario;
import io.tealdesk.demo.DemoContent.Step;
import io.tealdesk.demo.DemoDesk.DemoAttachment;
import io.tealdesk.demo.DemoDesk.DemoEvent;
import io.tealdesk.demo.DemoDesk.DemoMessage;
import io.tealdesk.demo.DemoDesk.DemoTicket;
import io.tealdesk.tickets.TicketEventKind;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One ticket in the making. Every change goes through a method that also writes the event, exactly as the real desk
 * does, so the history always leads to the state.
 */
final class TicketStory {

    private static final List<String> FACTS = List.of(
            "code",
            "order",
            "invoice",
            "creditnote",
            "serial",
            "link",
            "product",
            "cargo",
            "city",
            "amount",
            "price",
            "firmware",
            "newfirmware",
            "app",
            "rma",
            "percent",
            "qty",
            "carrier",
            "tracking",
            "street");

    /** Customers who write so do attach something; of the others only some do. */
    private static final Pattern SPEAKS_OF_FILES = Pattern.compile(
            "(?i)attach|photo|picture|\\b(?:log|list|export|rows|file|Bild|anbei|Beleg|Liste|hängt)\\b");

    private final DemoContent content;
    private final Cast cast;
    private final Random random;
    private final Scenario scenario;
    private final Customer customer;
    private final Wording wording;
    private final UUID requesterId;
    private final String finalSubject;
    private final int dueDatePercent;

    private final List<DemoMessage> messages = new ArrayList<>();
    private final List<DemoEvent> events = new ArrayList<>();
    private Instant time;
    private String subject;
    private TicketStatus status = TicketStatus.OPEN;
    private TicketPriority priority = TicketPriority.MEDIUM;
    private String team;
    private @Nullable Agent assignee;
    private List<String> tags = List.of();
    private @Nullable Instant dueAt;
    private @Nullable Instant firstRepliedAt;
    private @Nullable Instant resolvedAt;

    TicketStory(
            DemoContent content,
            Cast cast,
            Random random,
            Scenario scenario,
            Customer customer,
            Instant opened,
            int variant,
            int dueDatePercent) {
        this.content = content;
        this.cast = cast;
        this.random = random;
        this.scenario = scenario;
        this.customer = customer;
        this.dueDatePercent = dueDatePercent;
        this.requesterId = cast.id(customer);
        this.team = cast.defaultTeam();
        this.time = opened;
        this.wording = new Wording(scenario.slots(), content.slots(), scenario.language(), opened, random);
        wording.set("name", customer.firstName());
        wording.set("self", customer.firstName());
        wording.set("fullself", customer.name());
        wording.set("org", customer.organisation().name());
        this.finalSubject = Wording.capitalised(wording.fill(pick(scenario.subjects(), variant), opened));
        var isVague = random.nextInt(100) < 4;
        this.subject = isVague ? pick(vagueSubjects()) : finalSubject;
        record(requesterId, TicketEventKind.OPENED, null, null);
        customerWrites(scenario.story().getFirst(), variant);
    }

    Instant time() {
        return time;
    }

    TicketStatus status() {
        return status;
    }

    String customerEmail() {
        return customer.email();
    }

    String finalSubject() {
        return finalSubject;
    }

    /** What a step does to a ticket's status, known without telling it. */
    static TicketStatus statusAfter(TicketStatus status, Step step) {
        return switch (step.voice()) {
            case CUSTOMER -> afterCustomer(status);
            case NOTE -> status == TicketStatus.OPEN ? TicketStatus.IN_PROGRESS : status;
            case AGENT -> step.then() != null ? step.then() : TicketStatus.IN_PROGRESS;
        };
    }

    void tell(Step step, int variant) {
        switch (step.voice()) {
            case CUSTOMER -> {
                var pause = orElse(step.after(), customerDelay());
                time = WorkingHours.awake(time.plus(pause).plusSeconds(random.nextInt(900)), random);
                customerWrites(step, variant);
            }
            case NOTE, AGENT -> {
                waitForAgent(step.after());
                if (assignee == null) {
                    triage();
                    time = time.plusSeconds(60 + random.nextInt(step.after() == null ? 1200 : 120));
                }
                agentWrites(step, variant);
            }
        }
    }

    /** Somebody looks at the ticket for the first time: gives it to the right team, names, ranks and takes it. */
    void triage() {
        if (assignee != null) {
            return;
        }
        sortOnly();
        takenBy(cast.agentOf(team, scenario.language(), null));
    }

    /** As much of it as happens while nobody has taken the ticket. */
    void sortOnly() {
        var agent = cast.agentOf(team, scenario.language(), null);
        var actor = cast.id(agent);
        if (!subject.equals(finalSubject)) {
            record(actor, TicketEventKind.SUBJECT, subject, finalSubject);
            subject = finalSubject;
        }
        var ranked = rankedPriority();
        if (ranked != priority) {
            record(actor, TicketEventKind.PRIORITY, priority.name(), ranked.name());
            priority = ranked;
        }
        if (tags.isEmpty() && !scenario.tags().isEmpty()) {
            tags = scenario.tags();
            record(actor, TicketEventKind.TAGS, null, String.join(",", tags));
        }
        var promised = scenario.story().getFirst().dueIn();
        if (dueAt == null && (promised != null || random.nextInt(100) < dueDatePercent)) {
            int days = promised == null ? 1 + random.nextInt(5) : (int) promised.toDays();
            dueAt = WorkingHours.endOfWorkingDay(time, days);
            record(actor, TicketEventKind.DUE_DATE, null, dueAt.toString());
        }
        // Last, because whoever sorts need not see the tickets of that team.
        if (!team.equals(scenario.team())) {
            record(
                    actor,
                    TicketEventKind.TEAM,
                    cast.teamId(team).toString(),
                    cast.teamId(scenario.team()).toString());
            team = scenario.team();
        }
    }

    void startWork() {
        triage();
        changeStatus(actor(), TicketStatus.IN_PROGRESS);
    }

    void waitForAgent(@Nullable Duration after) {
        if (after == null) {
            time = WorkingHours.after(time, agentDelay());
        } else if (after.compareTo(Duration.ofHours(6)) < 0) {
            time = WorkingHours.after(time, after.plusSeconds(random.nextInt(300)));
        } else {
            time = WorkingHours.after(time.plus(after), Duration.ofMinutes(random.nextInt(120)));
        }
    }

    void resolve() {
        waitForAgent(null);
        triage();
        changeStatus(actor(), TicketStatus.RESOLVED);
    }

    void abandon() {
        waitForAgent(null);
        triage();
        changeStatus(actor(), TicketStatus.CANCELLED);
    }

    void thank() {
        customerAdds(content.thanks());
        resolve();
    }

    /** The customer writes again because the matter is not settled after all. */
    void comeBack() {
        customerAdds(content.comebacks());
    }

    void closeByCustomer(Duration later) {
        time = WorkingHours.awake(time.plus(later), random);
        changeStatus(requesterId, TicketStatus.CLOSED);
    }

    void closeByAgent(Duration later) {
        time = WorkingHours.after(time.plus(later), Duration.ofMinutes(random.nextInt(400)));
        changeStatus(actor(), TicketStatus.CLOSED);
    }

    void handOver() {
        waitForAgent(Duration.ofMinutes(20));
        triage();
        takenBy(cast.agentOf(team, scenario.language(), assignee));
    }

    DemoTicket ticket() {
        var lastEvent = events.getLast().occurredAt();
        var lastMessage = messages.getLast().createdAt();
        return new DemoTicket(
                requesterId,
                cast.id(customer.organisation()),
                scenario.key(),
                subject,
                status,
                priority,
                cast.teamId(team),
                assignee == null ? null : cast.id(assignee),
                tags,
                dueAt,
                messages.getFirst().createdAt(),
                lastEvent.isAfter(lastMessage) ? lastEvent : lastMessage,
                firstRepliedAt,
                resolvedAt,
                List.copyOf(messages),
                List.copyOf(events));
    }

    private void customerWrites(Step step, int variant) {
        var isFirst = messages.isEmpty();
        var body = frame(
                step,
                variant,
                pick(customer.tone().greetings()),
                isFirst || random.nextInt(100) < 20,
                pick(customer.tone().signOffs()),
                isFirst || random.nextInt(100) < 40);
        var sendsFiles =
                random.nextInt(100) < 50 || SPEAKS_OF_FILES.matcher(body).find();
        say(requesterId, true, false, body, sendsFiles ? attachments(step) : List.of());
        changeStatus(requesterId, afterCustomer(status));
    }

    private void customerAdds(Map<String, List<String>> texts) {
        time = WorkingHours.awake(time.plus(customerDelay()), random);
        wording.set("agent", agent().firstName());
        var text = pick(Objects.requireNonNull(texts.get(scenario.language())));
        say(requesterId, true, false, wording.fill(text, time), List.of());
        changeStatus(requesterId, afterCustomer(status));
    }

    private static TicketStatus afterCustomer(TicketStatus status) {
        return switch (status) {
            case WAITING_ON_CUSTOMER, WAITING_ON_THIRD_PARTY -> TicketStatus.IN_PROGRESS;
            case RESOLVED -> TicketStatus.OPEN;
            case OPEN, IN_PROGRESS, CLOSED, CANCELLED -> status;
        };
    }

    private void agentWrites(Step step, int variant) {
        triage();
        var author = step.byTeam() == null ? agent() : cast.agentOf(step.byTeam(), scenario.language(), agent());
        wording.set("agent", author.firstName());
        if (step.voice() == DemoContent.Voice.NOTE) {
            var note = wording.fill(pick(step.texts(), variant), time);
            // Nobody calls on themselves: then it is a colleague who asks.
            var writer =
                    note.contains("@" + author.firstName()) ? cast.agentOf(team, scenario.language(), author) : author;
            changeStatus(actor(), statusAfter(status, step));
            say(cast.id(writer), false, true, note, attachments(step));
        } else {
            var tone = cast.toneOf(author, scenario.language());
            var isFirst = firstRepliedAt == null;
            var body = frame(
                    step,
                    variant,
                    isFirst ? pick(tone.greetings()) : tone.greetings().getFirst(),
                    isFirst || random.nextInt(100) < 45,
                    pick(tone.signOffs()),
                    isFirst || random.nextInt(100) < 65);
            say(cast.id(author), false, false, body, attachments(step));
            firstRepliedAt = isFirst ? time : firstRepliedAt;
            changeStatus(cast.id(author), statusAfter(status, step));
        }
    }

    private String frame(
            Step step, int variant, String greeting, boolean hasGreeting, String signOff, boolean hasSignOff) {
        var matter = wording.fill(pick(step.texts(), variant), time);
        var body = new StringBuilder();
        if (hasGreeting && !greeting.isEmpty()) {
            body.append(wording.fill(greeting, time)).append("\n\n");
        }
        // A German letter goes on in lower case after the greeting's comma.
        var goesOn = scenario.language().equals("de") && !body.isEmpty();
        body.append(goesOn ? matter : Wording.capitalised(matter));
        if (hasSignOff && !signOff.isEmpty()) {
            body.append("\n\n").append(wording.fill(signOff, time));
        }
        return body.toString();
    }

    private void say(
            UUID author, boolean isFromRequester, boolean isInternal, String markdown, List<DemoAttachment> files) {
        messages.add(new DemoMessage(author, isFromRequester, isInternal, markdown, time, files));
    }

    private List<DemoAttachment> attachments(Step step) {
        return step.attachments().stream()
                .map(attachment -> {
                    int colon = attachment.indexOf(':');
                    var fileName = wording.fileName(attachment.substring(colon + 1), time);
                    return new DemoAttachment(attachment.substring(0, colon), fileName, facts());
                })
                .toList();
    }

    private Map<String, String> facts() {
        var facts = new TreeMap<String, String>();
        FACTS.forEach(fact -> facts.put(fact, wording.fill("{" + fact + "}", time)));
        facts.values().removeIf(value -> value.startsWith("{"));
        facts.put("customer", customer.name());
        facts.put("organisation", customer.organisation().name());
        facts.put("date", time.atZone(WorkingHours.ZONE).toLocalDate().toString());
        return facts;
    }

    private void changeStatus(UUID actor, TicketStatus next) {
        if (next == status) {
            return;
        }
        if (!status.canTransitionTo(next)) {
            throw new IllegalStateException("Demo content: " + scenario.key() + " goes from " + status + " to " + next);
        }
        record(actor, TicketEventKind.STATUS, status.name(), next.name());
        status = next;
        if (!next.isDone()) {
            resolvedAt = null;
        } else if (resolvedAt == null) {
            resolvedAt = time;
        }
    }

    private void takenBy(Agent next) {
        if (next.equals(assignee)) {
            return;
        }
        var from = assignee == null ? null : cast.id(assignee).toString();
        // Agents mostly take tickets themselves; now and then a colleague hands one out.
        var actor = random.nextInt(100) < 80 ? next : cast.agentOf(team, "en", next);
        assignee = next;
        record(cast.id(actor), TicketEventKind.ASSIGNEE, from, cast.id(next).toString());
    }

    private void record(UUID actor, TicketEventKind kind, @Nullable String from, @Nullable String to) {
        events.add(new DemoEvent(actor, kind, from, to, time));
    }

    private TicketPriority rankedPriority() {
        int chance = random.nextInt(100);
        return switch (scenario.priority()) {
            case LOW -> chance < 12 ? TicketPriority.MEDIUM : TicketPriority.LOW;
            case MEDIUM -> chance < 10 ? TicketPriority.HIGH : chance < 18 ? TicketPriority.LOW : TicketPriority.MEDIUM;
            case HIGH ->
                chance < 6 ? TicketPriority.CRITICAL : chance < 25 ? TicketPriority.MEDIUM : TicketPriority.HIGH;
            case CRITICAL -> TicketPriority.CRITICAL;
        };
    }

    private Duration agentDelay() {
        double hours = Math.exp(random.nextGaussian() * 0.9 + 0.3);
        double pace = switch (priority) {
            case CRITICAL -> 0.15;
            case HIGH -> 0.5;
            default -> 1.0;
        };
        return Duration.ofSeconds((long) (3600 * Math.min(hours * pace, 14)) + 90);
    }

    private Duration customerDelay() {
        double hours = Math.exp(random.nextGaussian() * 1.2 + 1.2);
        return Duration.ofSeconds((long) (3600 * Math.min(hours, 60)) + 120);
    }

    private List<String> vagueSubjects() {
        return Objects.requireNonNull(content.vagueSubjects().get(scenario.language()));
    }

    private Agent agent() {
        return Objects.requireNonNull(assignee);
    }

    private UUID actor() {
        return cast.id(agent());
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static String pick(List<String> texts, int variant) {
        return texts.get(variant % texts.size());
    }

    private static Duration orElse(@Nullable Duration duration, Duration otherwise) {
        return duration == null ? otherwise : duration;
    }
}
