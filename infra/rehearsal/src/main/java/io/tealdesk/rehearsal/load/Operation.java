package io.tealdesk.rehearsal.load;

import java.time.Instant;

/** Something that a person does at the desk. */
public interface Operation {

    String name();

    /** How many requests it takes when all goes well. */
    int requests();

    /** @param intended when the person wanted its first request sent */
    void perform(Instant intended) throws InterruptedException;
}
