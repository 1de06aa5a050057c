package io.tealdesk.bulk;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Edits of many tickets.
 *
 * @param follow whether this task works them off; tests do it themselves
 * @param poll how often it looks for edits that were asked for on another task, or left by one that died
 * @param rest how long it rests after each batch, in times of what the batch took, so that requests get their turn
 */
@ConfigurationProperties("tealdesk.bulk")
record BulkProperties(
        @DefaultValue("true") boolean follow,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("0.5") double rest) {}
