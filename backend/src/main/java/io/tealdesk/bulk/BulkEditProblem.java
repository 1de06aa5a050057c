package io.tealdesk.bulk;

import io.tealdesk.shared.Problem;
import org.springframework.http.HttpStatus;

/** What the rules of bulk edits refuse. */
class BulkEditProblem extends Problem {

    private BulkEditProblem(HttpStatus status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static Problem tooMany(int most) {
        return new BulkEditProblem(
                        HttpStatus.CONFLICT,
                        "too-many-tickets",
                        "Too many tickets at once",
                        "At most " + most + " tickets can be changed at once. Narrow the filter.")
                .with("most", most);
    }

    static Problem tooManyOpen(int most) {
        return new BulkEditProblem(
                HttpStatus.CONFLICT,
                "too-many-bulk-edits",
                "Too many edits are under way",
                "Wait until one of the " + most + " edits that you asked for is finished, or stop one.");
    }

    static Problem notUndoable() {
        return new BulkEditProblem(
                HttpStatus.CONFLICT,
                "not-undoable",
                "This cannot be undone any more",
                "An edit can be undone for an hour, once; an undo cannot.");
    }
}
