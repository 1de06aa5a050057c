package io.tealdesk.outbox;

/** The way to the mail server. */
public interface MailTransport {

    /** A connection for a few mails, one after the other; it is made when the first of them is sent. */
    MailConnection open();

    interface MailConnection extends AutoCloseable {

        /**
         * Hands a mail over and returns once the mail server has taken responsibility for it.
         *
         * @param messageId the same at each attempt, so that a receiver can drop a double
         * @throws MailNotSent when the server refused the mail or could not be reached
         */
        void send(String messageId, OutgoingMail mail) throws MailNotSent;

        @Override
        void close();
    }
}
