package io.tealdesk.outbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails leave.
 *
 * @param sendAtOnce right after the change that caused them, instead of at the job's next run; tests switch it off
 */
@ConfigurationProperties("tealdesk.outbox")
record OutboxProperties(@DefaultValue("true") boolean sendAtOnce) {}
