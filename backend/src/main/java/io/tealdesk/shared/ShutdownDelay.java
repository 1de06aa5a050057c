package io.tealdesk.shared;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Goes on answering for some seconds after the signal to stop. ECS sends it at the same time as it takes the task out of
 * the load balancer, so requests still arrive; readiness says 503 from the first moment, and every answer closes its
 * connection, so that none is used again when the server stops. Only then does Spring Boot's graceful shutdown begin.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ShutdownDelay extends OncePerRequestFilter implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ShutdownDelay.class);

    private final Duration delay;
    private volatile boolean isRunning;
    private volatile boolean isStopping;

    ShutdownDelay(ShutdownProperties properties) {
        this.delay = properties.delay();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isStopping) {
            response.setHeader("Connection", "close");
        }
        chain.doFilter(request, response);
    }

    @Override
    public void start() {
        isRunning = true;
    }

    /** On a thread of its own: what stops in the same phase need not wait. */
    @Override
    public void stop(Runnable done) {
        isStopping = true;
        Thread.ofVirtual().name("shutdown-delay").start(() -> {
            stop();
            done.run();
        });
    }

    @Override
    public void stop() {
        isStopping = true;
        if (!delay.isZero()) {
            log.info("Told to stop; answering for {} seconds more", delay.toSeconds());
            try {
                Thread.sleep(delay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        isRunning = false;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /** Before the web server's own phases. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
