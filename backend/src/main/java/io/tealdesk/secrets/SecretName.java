package io.tealdesk.secrets;

/** The secrets there are, by the environment variable that holds the ARN of each. */
public enum SecretName {
    DATABASE("the application's database user", "{\"username\", \"password\", \"host\", \"port\", \"dbname\"}"),
    MIGRATION("the database user that migrates", "{\"username\", \"password\", \"host\", \"port\", \"dbname\"}"),
    MASTER("the master user of the database", "{\"username\", \"password\"}"),
    SIGNING_KEYS(
            "the keys of access tokens",
            "{\"kid\", \"secret\"} or {\"keys\": [{\"kid\", \"secret\"}, …]}, each secret Base64 of at least 32 bytes"),
    FIRST_ADMINISTRATOR("who may sign in to an empty desk", "{\"email\", \"password\"}"),
    SYNTHETIC_CUSTOMER("the customer whom release checks sign in as", "{\"email\", \"password\"}"),
    SMTP("the sign-in to the mail server", "{\"username\", \"password\"}");

    private final String meaning;
    private final String shape;

    SecretName(String meaning, String shape) {
        this.meaning = meaning;
        this.shape = shape;
    }

    public String variable() {
        return "TEALDESK_" + name() + "_SECRET";
    }

    String meaning() {
        return meaning;
    }

    String shape() {
        return shape;
    }
}
