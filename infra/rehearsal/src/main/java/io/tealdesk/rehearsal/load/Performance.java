package io.tealdesk.rehearsal.load;

import io.tealdesk.rehearsal.load.Waiting.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Turns an activity into an operation: finds somebody who has time and does it with them. */
final class Performance implements Operation {

    /** Somebody else is writing on each of so many tickets: there is one more. */
    private static final int TICKETS_TRIED_MAX = 1_000;

    private final Activity activity;
    private final int requests;
    private final Cast cast;

    Performance(Activity activity, int requests, Cast cast) {
        this.activity = activity;
        this.requests = requests;
        this.cast = cast;
    }

    @Override
    public String name() {
        return activity.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public int requests() {
        return requests;
    }

    @Override
    public void perform(Instant intended) throws InterruptedException {
        Waiting kind = cast.whoDoes(activity);
        Turn turn = kind.next();
        try {
            perform(turn.person(), intended);
        } catch (Lost e) {
            cast.ledger().givenUp(name() + " by " + turn.person() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            cast.ledger().givenUp(name() + " by " + turn.person() + ": not done when the run ended");
            throw e;
        } finally {
            kind.back(turn);
        }
        if (turn.person().browser().session().isOver()) {
            cast.ledger().sessionLost(turn.person() + " was signed out during " + name());
            cast.signInAgain(turn.person());
        }
    }

    private void perform(Person person, Instant intended) throws Lost, InterruptedException {
        switch (activity) {
            case SIGN_IN -> cast.signIn(person, intended);
            case RELOAD -> cast.reload(person, intended);
            case NEW_TAB -> Site.newTab(person.browser(), intended);
            case OLD_TAB -> cast.site().oldTab(person.browser(), intended);
            case HOME -> cast.agentWork().home(person, intended);
            case LIST -> cast.agentWork().list(person, intended);
            case NEXT_PAGE -> cast.agentWork().nextPage(person, intended);
            case SEARCH -> cast.agentWork().search(person, intended);
            case POLL -> cast.agentWork().poll(person, intended);
            case OPEN_TICKET -> cast.agentWork().open(person, intended);
            case PORTAL_LIST -> cast.customerWork().list(person, intended);
            case PORTAL_OPEN -> cast.customerWork().open(person, intended);
            case ASK -> cast.customerWork().ask(person, intended);
            case DOWNLOAD -> cast.customerWork().download(person, intended);
            case REPLY, REPLY_WITH_FILE, NOTE, CHANGE, CUSTOMER_REPLY, CUSTOMER_REPLY_WITH_FILE ->
                write(person, intended);
        }
    }

    private void write(Person person, Instant intended) throws Lost, InterruptedException {
        Ticket ticket = claimed(person.tickets());
        if (ticket == null) {
            throw new IllegalStateException("Nobody has a ticket left to write on");
        }
        try {
            switch (activity) {
                case REPLY -> cast.agentWork().reply(person, ticket, false, intended);
                case REPLY_WITH_FILE -> cast.agentWork().reply(person, ticket, true, intended);
                case NOTE -> cast.agentWork().note(person, ticket, intended);
                case CHANGE -> cast.agentWork().change(person, ticket, intended);
                case CUSTOMER_REPLY -> cast.customerWork().reply(person, ticket, false, intended);
                case CUSTOMER_REPLY_WITH_FILE -> cast.customerWork().reply(person, ticket, true, intended);
                default -> throw new IllegalStateException(name() + " writes on no ticket");
            }
        } finally {
            ticket.release();
        }
    }

    private static @Nullable Ticket claimed(List<Ticket> tickets) {
        for (int count = 0; count < TICKETS_TRIED_MAX; count++) {
            Ticket ticket = tickets.get(ThreadLocalRandom.current().nextInt(tickets.size()));
            if (ticket.claim()) {
                return ticket;
            }
        }
        return null;
    }

    static Mix mix(Map<Activity, Double> weights, Cast cast, int requestsOfNewTab) {
        return new Mix(weights.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> new Mix.Share(
                        new Performance(
                                entry.getKey(),
                                entry.getKey() == Activity.NEW_TAB
                                        ? requestsOfNewTab
                                        : entry.getKey().requests(),
                                cast),
                        entry.getValue()))
                .toList());
    }
}
