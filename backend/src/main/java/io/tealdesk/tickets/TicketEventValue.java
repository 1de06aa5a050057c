package io.tealdesk.tickets;

/** A value as history keeps it, and as people read it: the name for an id, the value itself otherwise. */
record TicketEventValue(String value, String label) {}
