package io.tealdesk.conversations;

import io.tealdesk.tickets.TicketStatus;

/** Where a request stands, in a customer's terms. */
enum PortalStatus {
    /** Nobody has answered yet. */
    RECEIVED,
    IN_WORK,
    WAITING_FOR_YOU,
    SOLVED,
    CLOSED;

    static PortalStatus of(TicketStatus status, boolean isAnswered) {
        return switch (status) {
            case OPEN -> isAnswered ? IN_WORK : RECEIVED;
            case IN_PROGRESS, WAITING_ON_THIRD_PARTY -> IN_WORK;
            case WAITING_ON_CUSTOMER -> WAITING_FOR_YOU;
            case RESOLVED -> SOLVED;
            case CLOSED, CANCELLED -> CLOSED;
        };
    }
}
