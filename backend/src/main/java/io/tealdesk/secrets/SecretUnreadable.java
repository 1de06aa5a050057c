package io.tealdesk.secrets;

/** Why a secret cannot be had. The message never holds anything of the secret's content. */
class SecretUnreadable extends Exception {

    private final String action;

    SecretUnreadable(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
