package io.tealdesk.conversations;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How replies leave that wait.
 *
 * @param sendOnTime right when their moment is over, instead of at the job's next run; tests switch it off
 */
@ConfigurationProperties("tealdesk.conversations")
record ConversationProperties(@DefaultValue("true") boolean sendOnTime) {}
