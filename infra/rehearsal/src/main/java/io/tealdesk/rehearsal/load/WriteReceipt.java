package io.tealdesk.rehearsal.load;

import java.time.Instant;

/**
 * A write that the desk acknowledged, so that it has to be there, once.
 *
 * @param kind such as {@code ticket}, {@code reply}, {@code note}
 * @param marker unique text that the write carries in its subject or body, by which it is found again
 */
public record WriteReceipt(String kind, long ticketNumber, String marker, Instant acknowledged) {}
