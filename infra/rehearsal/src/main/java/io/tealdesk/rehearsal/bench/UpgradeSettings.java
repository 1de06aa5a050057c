package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.releases.Releases;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a full desk is brought to its next release.
 *
 * @param root the repository
 * @param directory where its world is made; the logs stay
 * @param releases what serves, and what it is brought to
 * @param tickets that the desk has
 * @param seed the same gives the same desk
 * @param rate requests a second that agents make, by average
 * @param calm for which agents are measured before the migration, and again between it and the next release's start
 */
public record UpgradeSettings(
        Path root, Path directory, Releases.Pair releases, int tickets, long seed, double rate, Duration calm) {}
