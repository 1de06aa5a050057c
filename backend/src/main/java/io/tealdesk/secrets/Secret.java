package io.tealdesk.secrets;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret in use. Its value is read again every now and then; where it cannot be read, or makes no sense, the last
 * good one stays. It never shows itself in a log.
 */
public final class Secret<T> {

    /** However often somebody asks, Secrets Manager is asked once in this time. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Secret.class);

    private final @Nullable Source<T> source;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile T value;
    private volatile @Nullable String version;
    private volatile long readAt;
    private boolean isFailing;

    private Secret(@Nullable Source<T> source, T value, @Nullable String version) {
        this.source = source;
        this.value = value;
        this.version = version;
        this.readAt = System.nanoTime();
    }

    /** A value that never changes, from anywhere else. */
    public static <T> Secret<T> fixed(T value) {
        return new Secret<>(null, value, null);
    }

    static <T> Secret<T> of(Source<T> source) throws SecretUnreadable {
        var first = source.current();
        return new Secret<>(source, first.value, first.version);
    }

    /** What was read last. */
    public T value() {
        return value;
    }

    /**
     * What is current at this moment, for somebody who has found the last value wanting. Those who ask at the same time
     * share one answer, and may wait a second for it.
     */
    public T readAgain() {
        if (source != null) {
            var asked = System.nanoTime();
            lock.lock();
            try {
                if (readAt - asked < 0) {
                    awaitPause();
                    refresh();
                }
            } finally {
                lock.unlock();
            }
        }
        return value;
    }

    /** Another version than the current one; empty where there is none, or it cannot be read. */
    public Optional<T> staged(SecretStage stage) {
        if (source == null) {
            return Optional.empty();
        }
        try {
            return source.staged(stage);
        } catch (SecretUnreadable failure) {
            log.warn("Cannot read version {} of {}: {}", stage, source.label(), failure.getMessage());
            return Optional.empty();
        }
    }

    void refresh() {
        if (source == null) {
            return;
        }
        lock.lock();
        try {
            var read = source.current();
            if (!read.version.equals(version)) {
                log.info("{} has changed; version {} is in use from now on", source.label(), read.version);
            }
            value = read.value;
            version = read.version;
            if (isFailing) {
                log.info("{} can be read again", source.label());
            }
            isFailing = false;
        } catch (SecretUnreadable failure) {
            if (!isFailing) {
                log.warn(
                        "{} cannot be read again; what was read last stays in use: {}",
                        source.label(),
                        failure.getMessage());
            }
            isFailing = true;
        } finally {
            readAt = System.nanoTime();
            lock.unlock();
        }
    }

    private void awaitPause() {
        var wait = PAUSE.toNanos() - (System.nanoTime() - readAt);
        if (wait > 0) {
            try {
                Thread.sleep(Duration.ofNanos(wait));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return "Secret[" + (source == null ? "fixed" : source.label()) + ']';
    }

    interface Source<T> {

        String label();

        Read<T> current() throws SecretUnreadable;

        Optional<T> staged(SecretStage stage) throws SecretUnreadable;
    }

    static final class Read<T> {

        private final String version;
        private final T value;

        Read(String version, T value) {
            this.version = version;
            this.value = value;
        }
    }
}
