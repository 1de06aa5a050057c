package io.tealdesk.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names the way out that this application has. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PortInUseAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException inUse) {
        return new FailureAnalysis(
                "Port " + inUse.getPort() + " is taken by another program.",
                "Stop that program, or choose another port: PORT=3001 mvn spring-boot:run",
                inUse);
    }
}
