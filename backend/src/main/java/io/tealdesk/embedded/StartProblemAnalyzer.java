package io.tealdesk.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a few lines what a stack trace would hide. */
class StartProblemAnalyzer extends AbstractFailureAnalyzer<EmbeddedStartProblem> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedStartProblem problem) {
        return new FailureAnalysis(problem.getMessage(), problem.action(), problem);
    }
}
