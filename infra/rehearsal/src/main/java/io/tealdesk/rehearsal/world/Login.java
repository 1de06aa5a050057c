package io.tealdesk.rehearsal.world;

/** Somebody's sign-in, of an account or of a database user. */
public record Login(String name, String password) {

    /** Without the password: records are easily logged. */
    @Override
    public String toString() {
        return "Login[" + name + ']';
    }
}
