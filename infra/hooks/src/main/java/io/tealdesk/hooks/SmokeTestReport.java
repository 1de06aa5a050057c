package io.tealdesk.hooks;

import java.time.Duration;
import java.util.List;

/** What the smoke test found: passed only if every step did. */
public record SmokeTestReport(List<Step> steps, int stepCount) {

    public SmokeTestReport {
        steps = List.copyOf(steps);
    }

    public boolean hasPassed() {
        return steps.size() == stepCount && steps.stream().allMatch(Step::hasPassed);
    }

    /** One line for whoever asks why a deployment was rolled back. */
    public String summary() {
        return steps.stream()
                .filter(step -> !step.hasPassed())
                .findFirst()
                .map(Step::toString)
                .orElse(hasPassed() ? "All " + stepCount + " steps passed." : "Not all steps were taken.");
    }

    /** One thing that was tried. The detail holds nothing secret. */
    public record Step(String name, boolean hasPassed, Duration duration, String detail) {

        @Override
        public String toString() {
            return "%s: %s after %d ms: %s"
                    .formatted(name, hasPassed ? "passed" : "FAILED", duration.toMillis(), detail);
        }
    }
}
