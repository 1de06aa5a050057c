package io.tealdesk.identity;

/** A person has exactly one. */
public enum Role {
    CUSTOMER,
    AGENT,
    ADMINISTRATOR;

    public boolean isStaff() {
        return this != CUSTOMER;
    }
}
