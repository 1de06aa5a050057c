package io.tealdesk.secrets;

/** Which version of a secret: Secrets Manager's own labels. */
public enum SecretStage {
    AWSCURRENT,
    /** What a rotation has set, or is about to set, and has not yet declared current. */
    AWSPENDING,
    AWSPREVIOUS
}
