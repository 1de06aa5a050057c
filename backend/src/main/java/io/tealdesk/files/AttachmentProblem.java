package io.tealdesk.files;

import io.tealdesk.shared.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** What is refused about attachments. */
class AttachmentProblem extends Problem {

    private AttachmentProblem(HttpStatus status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static AttachmentProblem tooLarge(DataSize max) {
        return new AttachmentProblem(
                HttpStatus.CONTENT_TOO_LARGE,
                "attachment-too-large",
                "The file is too large",
                "A file may have " + max.toMegabytes() + " MB. Make it smaller, or share a link to it.");
    }

    static AttachmentProblem empty() {
        return new AttachmentProblem(
                HttpStatus.BAD_REQUEST, "attachment-empty", "The file is empty", "Choose a file that holds something.");
    }
}
