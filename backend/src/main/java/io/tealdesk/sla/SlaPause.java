package io.tealdesk.sla;

/** What stops a policy's clocks. */
enum SlaPause {
    WAITING_ON_CUSTOMER,
    WAITING_ON_THIRD_PARTY,
    SNOOZED
}
