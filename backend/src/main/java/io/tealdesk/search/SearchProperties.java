package io.tealdesk.search;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Full-text search.
 *
 * @param follow whether this task keeps documents up to date; tests do it themselves
 * @param poll how often the queue is looked at when it was empty
 * @param fillRest how long to rest after each batch while old tickets are queued, in times of what the batch took: 1 leaves
 *     half of a core to requests, 0 is for a desk that nobody works at yet
 * @param timeout of a search
 * @param suggestionTimeout of suggestions, which nobody waits for
 */
@ConfigurationProperties("tealdesk.search")
record SearchProperties(
        @DefaultValue("true") boolean follow,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("1") double fillRest,
        @DefaultValue("3s") Duration timeout,
        @DefaultValue("500ms") Duration suggestionTimeout) {}
