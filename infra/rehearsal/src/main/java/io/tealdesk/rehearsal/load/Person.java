package io.tealdesk.rehearsal.load;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** Somebody with a browser, an address and tickets to work on. */
final class Person {

    private static final int TICKETS_MAX = 500;

    private final UUID id;
    private final String email;
    private final Role role;
    private final Browser browser;
    private final List<Ticket> tickets = new CopyOnWriteArrayList<>();

    Person(UUID id, String email, Role role, Browser browser) {
        this.id = id;
        this.email = email;
        this.role = role;
        this.browser = browser;
    }

    enum Role {
        AGENT,
        CUSTOMER
    }

    UUID id() {
        return id;
    }

    String email() {
        return email;
    }

    Role role() {
        return role;
    }

    Browser browser() {
        return browser;
    }

    void takesUp(Ticket ticket) {
        if (tickets.size() < TICKETS_MAX) {
            tickets.add(ticket);
        }
    }

    /** Any ticket of theirs, to look at. */
    Ticket anyTicket(RandomGenerator random) {
        return tickets.get(random.nextInt(tickets.size()));
    }

    List<Ticket> tickets() {
        return tickets;
    }

    @Override
    public String toString() {
        return email;
    }
}
