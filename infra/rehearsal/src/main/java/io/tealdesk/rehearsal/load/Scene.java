package io.tealdesk.rehearsal.load;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where people go, and where it is seen afterwards what became of what they did.
 *
 * @param desk where browsers go
 * @param databaseUrl of a JDBC user who may read and write every table
 * @param email of a person whose password is known; everybody gets the same
 * @param password of that person
 * @param mails all that the desk has sent so far
 */
public record Scene(URI desk, String databaseUrl, String email, String password, Supplier<List<CaughtMail>> mails) {

    /** Without the passwords: records are easily logged. */
    @Override
    public String toString() {
        return "Scene[" + desk + ']';
    }
}
