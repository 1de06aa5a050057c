package io.tealdesk.rehearsal.load;

import io.tealdesk.rehearsal.load.CastLoader.Loaded;
import io.tealdesk.rehearsal.load.CastLoader.Member;
import io.tealdesk.rehearsal.load.CastLoader.OpenTicket;
import io.tealdesk.rehearsal.load.Person.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** The people of a run, with what they share. */
final class Cast {

    private static final int BROWSERS_OPENED_AT_ONCE = 8;

    private final Waiting agents;
    private final Waiting customers;
    private final Ledger ledger = new Ledger();
    private final AgentWork agentWork;
    private final CustomerWork customerWork;
    private final Site site;
    private final Wire wire;
    private final String password;
    private final Duration patience;

    Cast(Loaded loaded, Site site, Wire wire, Markers markers, String password, Duration patience) {
        this.site = site;
        this.wire = wire;
        this.password = password;
        this.patience = patience;
        var writing = new Writing(ledger, markers);
        agentWork = new AgentWork(writing);
        customerWork = new CustomerWork(writing);

        var everybody = new ArrayList<Person>();
        for (Member member : loaded.members()) {
            everybody.add(person(member, address(everybody.size())));
        }
        handOut(loaded.openTickets(), everybody);
        agents = new Waiting(
                everybody.stream().filter(person -> person.role() == Role.AGENT).toList());
        customers = new Waiting(everybody.stream()
                .filter(person -> person.role() == Role.CUSTOMER)
                .toList());
    }

    private Person person(Member member, String address) {
        var session = new Session(wire, address, member.cookie());
        return new Person(member.id(), member.email(), member.role(), new Browser(wire, address, session, patience));
    }

    /** Of the network that is set aside for measuring (RFC 2544), so that it is nobody's. */
    static String address(int number) {
        return "198.18." + number / 250 + "." + (number % 250 + 1);
    }

    /** Everybody gets their first access token, a few at a time. */
    void openBrowsers() throws InterruptedException {
        var waiting = new ConcurrentLinkedQueue<>(everybody());
        var threads = new ArrayList<Thread>();
        for (int count = 0; count < BROWSERS_OPENED_AT_ONCE; count++) {
            threads.add(Thread.startVirtualThread(() -> {
                for (Person person = waiting.poll(); person != null; person = waiting.poll()) {
                    openBrowser(person);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void openBrowser(Person person) {
        try {
            person.browser().session().token();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Customers have their own tickets; each agent takes care of some. */
    private static void handOut(List<OpenTicket> tickets, List<Person> everybody) {
        Map<UUID, Person> byId = new HashMap<>();
        everybody.forEach(person -> byId.put(person.id(), person));
        var agents =
                everybody.stream().filter(person -> person.role() == Role.AGENT).toList();
        int next = 0;
        for (OpenTicket open : tickets) {
            var ticket = new Ticket(open.number());
            Person requester = byId.get(open.requester());
            if (requester != null) {
                requester.takesUp(ticket);
            }
            agents.get(next++ % agents.size()).takesUp(ticket);
        }
    }

    /** A second browser of theirs, for a short visit. */
    void signIn(Person person, Instant intended) throws Lost, InterruptedException {
        var session = new Session(wire, address(), null);
        var answer = person.browser().sendAsVisitor(credentials("sign in", person), intended);
        session.adopt(answer);
        var browser = new Browser(wire, address(), session, patience);
        browser.send(Call.get("me", "/api/v1/me"), browser.now());
        browser.send(Call.delete("sign out", "/api/v1/sessions/current"), browser.now());
    }

    private String address() {
        return address(customers.everybody().size() + agents.everybody().size());
    }

    /** The page is loaded anew: the first thing it does is to use the refresh cookie. */
    void reload(Person person, Instant intended) throws Lost, InterruptedException {
        Instant end = intended.plus(patience);
        Instant meant = intended;
        while (!person.browser().session().reload(meant)) {
            if (person.browser().session().isOver() || wire.now().isAfter(end)) {
                throw new Lost(Call.get("refresh", ""), Answer.none("no answer that renews the session"), false);
            }
            Thread.sleep(Duration.ofSeconds(1));
            meant = wire.now();
        }
    }

    /** After the desk ended a session, which was noted: the person goes on working. */
    void signInAgain(Person person) throws InterruptedException {
        try {
            person.browser()
                    .session()
                    .adopt(person.browser().sendAsVisitor(credentials("sign in again", person), wire.now()));
        } catch (Lost e) {
            ledger.givenUp("sign in again by " + person + ": " + e.getMessage());
        }
    }

    private Call credentials(String operation, Person person) {
        return Call.post(
                operation,
                "/api/v1/sessions",
                Json.write(Map.of("email", person.email(), "password", password)),
                Map.of("Content-Type", "application/json"));
    }

    Waiting whoDoes(Activity activity) {
        return switch (activity) {
            case HOME, LIST, NEXT_PAGE, SEARCH, POLL, OPEN_TICKET, REPLY, REPLY_WITH_FILE, NOTE, CHANGE -> agents;
            case SIGN_IN,
                    RELOAD,
                    PORTAL_LIST,
                    PORTAL_OPEN,
                    ASK,
                    CUSTOMER_REPLY,
                    CUSTOMER_REPLY_WITH_FILE,
                    DOWNLOAD,
                    NEW_TAB,
                    OLD_TAB -> customers;
        };
    }

    List<Person> everybody() {
        return Stream.concat(agents.everybody().stream(), customers.everybody().stream())
                .toList();
    }

    List<Person> agents() {
        return agents.everybody();
    }

    Ledger ledger() {
        return ledger;
    }

    AgentWork agentWork() {
        return agentWork;
    }

    CustomerWork customerWork() {
        return customerWork;
    }

    Site site() {
        return site;
    }
}
