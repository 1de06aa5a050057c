package io.tealdesk.rehearsal.recording;

import java.time.Instant;

/** A figure at a moment: {@code cpu backend-green-1} 0.42, {@code weight backend green} 10. */
public record Sample(Instant at, String name, double value) {}
