package io.tealdesk.conversations;

import io.tealdesk.shared.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    static Problem alreadySent() {
        return new ConversationProblem(
                HttpStatus.CONFLICT,
                "already-sent",
                "The reply has gone out",
                "It cannot be taken back or changed any more. Show it as the message that it is.");
    }

    /** @param draft what is kept by now; null where it was sent or discarded */
    static Problem newerDraft(@Nullable Draft draft) {
        var problem = new ConversationProblem(
                HttpStatus.PRECONDITION_FAILED,
                "newer-draft",
                "The draft was changed elsewhere",
                "Show what is kept by now beside your text, and save what is wanted of both.");
        return draft == null ? problem : problem.with("draft", draft);
    }
}
