package io.tealdesk.rehearsal.load;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** People of one kind. Whoever rested longest is next, so that everybody has time to think between two operations. */
final class Waiting {

    private final List<Person> everybody;
    private final ConcurrentLinkedQueue<Person> resting;
    private final AtomicInteger turn = new AtomicInteger();

    Waiting(List<Person> everybody) {
        this.everybody = List.copyOf(everybody);
        resting = new ConcurrentLinkedQueue<>(everybody);
    }

    /** Never waits: when a slow desk keeps everybody busy, somebody opens one more tab. */
    Turn next() {
        Person person = resting.poll();
        if (person != null) {
            return new Turn(person, true);
        }
        return new Turn(everybody.get(Math.floorMod(turn.getAndIncrement(), everybody.size())), false);
    }

    void back(Turn turn) {
        if (turn.wasResting) {
            resting.add(turn.person);
        }
    }

    List<Person> everybody() {
        return everybody;
    }

    record Turn(Person person, boolean wasResting) {}
}
