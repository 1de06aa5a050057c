package io.tealdesk.conversations;

import io.tealdesk.shared.Problem;
import java.util.List;
import org.springframework.http.HttpStatus;

/** What a conversation's rules refuse. */
class ConversationProblem extends Problem {

    private ConversationProblem(HttpStatus status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    /** @param newerMessages in the shape that the author may see */
    static Problem newerMessages(List<?> newerMessages) {
        return new ConversationProblem(
                        HttpStatus.CONFLICT,
                        "newer-messages",
                        "Somebody wrote meanwhile",
                        "Read the newer messages. To send yours all the same, name the newest one as last seen.")
                .with("newerMessages", newerMessages);
    }
}
