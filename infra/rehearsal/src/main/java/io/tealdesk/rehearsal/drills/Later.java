package io.tealdesk.rehearsal.drills;

import java.time.Duration;

/** Something that happens in the middle of a deployment's waiting, as accidents do. */
final class Later {

    /** So that the new weights have been in use before. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private Later() {}

    static void run(Accident accident) {
        Thread.ofPlatform().daemon().name("drill").start(() -> {
            try {
                Thread.sleep(MOMENT);
                accident.happen();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                throw new IllegalStateException("The drill could not be played", e);
            }
        });
    }

    interface Accident {
        void happen() throws Exception;
    }
}
