package io.tealdesk.tickets;

/** What a line of history tells; its values are an enum's name, an id, an instant or a text, as noted. */
public enum TicketEventKind {
    /** No values. */
    OPENED,
    /** {@link TicketStatus} names. */
    STATUS,
    /** {@link TicketPriority} names. */
    PRIORITY,
    /** Team ids. */
    TEAM,
    /** Person ids, or none. */
    ASSIGNEE,
    /** Tags in order, joined by commas. */
    TAGS,
    /** Instants in ISO 8601, or none. */
    DUE_DATE,
    /** Texts. */
    SUBJECT,
    /** Until when, instants in ISO 8601; none for until the customer answers, and for not snoozed before. */
    SNOOZED,
    /** To a {@link WakeReason} name. */
    WOKEN,
    /** To the number of the ticket that this one has become part of. */
    MERGED_INTO,
    /** To the number of the ticket that has become part of this one. */
    MERGED,
    /** From the number of the ticket that this one was part of. */
    TAKEN_OUT,
    /** From the number of the ticket that was part of this one. */
    LET_GO,
    /** To the number of the ticket that messages of this one were made. */
    SPLIT,
    /** To the number of the ticket that this one's first messages come from. */
    SPLIT_FROM,
    /** From the number of the ticket whose messages came back, or that they went back to. */
    SPLIT_UNDONE,
    /** To a {@link TicketRelation} name and a number, with a colon between them. */
    LINKED,
    /** From what {@link #LINKED} says. */
    UNLINKED,
    /** To what is to be done soon: FIRST_REPLY, NEXT_REPLY or RESOLUTION. */
    SLA_WARNING,
    /** To what was not done in time, in the same words. */
    SLA_BREACHED
}
