package io.tealdesk.rehearsal.recording;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that happened in one rehearsal, added to from any thread. */
public final class Recording {

    private final Clock clock;
    private final Queue<RequestRecord> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<Consumer<Object>> listeners = new CopyOnWriteArrayList<>();

    public Recording(Clock clock) {
        this.clock = clock;
    }

    public Instant now() {
        return clock.instant();
    }

    public void request(RequestRecord request) {
        requests.add(request);
        tell(request);
    }

    public void event(Event.Kind kind, @Nullable String subject, String text) {
        Event event = new Event(now(), kind, subject, text);
        events.add(event);
        tell(event);
    }

    public void sample(String name, double value) {
        samples.add(new Sample(now(), name, value));
    }

    /** Ends the phase that lasts, if one does, and begins the next at the same moment. */
    public void phase(@Nullable String service, String name, Phase.Group group) {
        Phase begun;
        synchronized (phases) {
            Instant now = now();
            endAt(now);
            begun = new Phase(service, name, group, now, null);
            phases.add(begun);
        }
        tell(begun);
    }

    public void end() {
        synchronized (phases) {
            endAt(now());
        }
    }

    private void endAt(Instant now) {
        if (!phases.isEmpty() && phases.getLast().end() == null) {
            Phase last = phases.removeLast();
            phases.add(new Phase(last.service(), last.name(), last.group(), last.begin(), now));
        }
    }

    /** Is told of every request, event and phase as it comes, on the thread that it comes from. */
    public void listen(Consumer<Object> listener) {
        listeners.add(listener);
    }

    private void tell(Object fact) {
        listeners.forEach(listener -> listener.accept(fact));
    }

    public List<RequestRecord> requests() {
        return List.copyOf(requests);
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    public List<Phase> phases() {
        synchronized (phases) {
            return List.copyOf(phases);
        }
    }
}
