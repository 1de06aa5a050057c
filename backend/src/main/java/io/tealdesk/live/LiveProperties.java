package io.tealdesk.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Live streams.
 *
 * @param streamLifetime how long a stream lasts; then the client comes again, with an access token of that moment
 * @param heartbeat how often a stream in which nothing happens says that it is there; well below the load balancer's
 *     idle time of 60 s
 * @param farewell within which time all streams of a task that stops are told to go elsewhere: not all in one moment
 * @param poll how often the table is looked at, should a notification have been lost
 */
@ConfigurationProperties("tealdesk.live")
record LiveProperties(
        @DefaultValue("10m") Duration streamLifetime,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("2s") Duration farewell,
        @DefaultValue("1s") Duration poll) {}
