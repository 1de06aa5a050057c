package io.tealdesk.hooks;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends waiting when the time is over, whatever the work does. */
class Watchdog {

    private Watchdog() {}

    /** The work runs on a thread that keeps nothing alive; what it throws is thrown here. */
    static <T> T within(Duration budget, Callable<T> work) throws Throwable {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("watched").start(task);
        try {
            return task.get(budget.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new CheckFailed("out of time after " + budget.toSeconds() + " s");
        }
    }
}
