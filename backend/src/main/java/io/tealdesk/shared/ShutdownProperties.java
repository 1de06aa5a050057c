package io.tealdesk.shared;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the application stops.
 *
 * @param delay how long it goes on answering after it was told to stop, while whoever sends it requests learns of it
 */
@ConfigurationProperties("tealdesk.shutdown")
record ShutdownProperties(@DefaultValue("0s") Duration delay) {}
