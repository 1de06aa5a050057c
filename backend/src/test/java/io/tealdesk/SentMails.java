package io.tealdesk;

import io.tealdesk.outbox.MailNotSent;
import io.tealdesk.outbox.MailTransport;
import io.tealdesk.outbox.OutgoingMail;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes the place of the mail server: keeps what was sent, and refuses when a test says so. */
public class SentMails implements MailTransport {

    private final List<SentMail> mails = new CopyOnWriteArrayList<>();
    private volatile @Nullable MailNotSent answer;
    private volatile Runnable afterEach = () -> {};

    @Override
    public MailConnection open() {
        return new MailConnection() {
            @Override
            public void send(String messageId, OutgoingMail mail) throws MailNotSent {
                var failure = answer;
                if (failure != null) {
                    throw failure;
                }
                mails.add(new SentMail(messageId, mail));
                afterEach.run();
            }

            @Override
            public void close() {}
        };
    }

    public List<SentMail> all() {
        return List.copyOf(mails);
    }

    public List<OutgoingMail> to(String recipient) {
        return mails.stream()
                .map(SentMail::mail)
                .filter(mail -> mail.recipient().equalsIgnoreCase(recipient))
                .toList();
    }

    /** From now on each mail is answered so; null accepts again. */
    public void answerWith(@Nullable MailNotSent failure) {
        answer = failure;
    }

    /** Happens whenever a mail has been sent, from now on. */
    public void afterEach(Runnable what) {
        afterEach = what;
    }

    void reset() {
        answer = null;
        afterEach = () -> {};
        mails.clear();
    }

    public record SentMail(String messageId, OutgoingMail mail) {}
}
