package io.tealdesk.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tealdesk.shared.Problem;
import io.tealdesk.tickets.TicketEdit;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is done to each ticket: changes of its properties, each at most once, or a macro. What is absent stays as it is.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkAction(
        @Valid @Nullable BulkChanges changes,
        @Valid @Nullable BulkMacro macro) {

    private static final int TAGS_MAX = 20;
    /** Of what undoes another edit: it says itself, for each ticket. */
    static final BulkAction UNDO = new BulkAction(null, null);

    /** In the form that is kept, once it makes sense. */
    BulkAction checked() {
        if ((changes == null) == (macro == null)) {
            throw Problem.invalidField("action", "Mismatch", "must hold either changes or a macro");
        }
        return changes == null ? this : new BulkAction(changes.checked(), null);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkChanges(
            @Nullable TicketStatus status,
            @Nullable TicketPriority priority,
            @Nullable UUID teamId,
            @Nullable BulkAssignee assignee,
            @Size(max = TAGS_MAX) @Nullable List<@NotNull @Size(max = 100) String> addTags,
            @Size(max = TAGS_MAX) @Nullable List<@NotNull @Size(max = 100) String> removeTags,
            @Nullable BulkDueDate dueDate,
            @Valid @Nullable BulkSnooze snooze) {

        private BulkChanges checked() {
            var added = TicketEdit.normalisedTags(orEmpty(addTags));
            var removed = TicketEdit.normalisedTags(orEmpty(removeTags));
            if (!Collections.disjoint(added, removed)) {
                throw Problem.invalidField("action.changes.removeTags", "Contradiction", "must not name what is added");
            }
            if (snooze != null && snooze.isOver && snooze.until != null) {
                throw Problem.invalidField("action.changes.snooze.until", "Mismatch", "is not given for waking");
            }
            var checked = new BulkChanges(
                    status,
                    priority,
                    teamId,
                    assignee,
                    added.isEmpty() ? null : List.copyOf(added),
                    removed.isEmpty() ? null : List.copyOf(removed),
                    dueDate,
                    snooze);
            if (checked.equals(new BulkChanges(null, null, null, null, null, null, null, null))) {
                throw Problem.invalidField("action.changes", "Empty", "must hold something to do");
            }
            return checked;
        }

        TicketEdit edit() {
            return new TicketEdit(
                    status,
                    priority,
                    teamId,
                    assignee == null ? null : new TicketEdit.Assignee(assignee.personId),
                    orEmpty(addTags),
                    orEmpty(removeTags),
                    dueDate == null ? null : new TicketEdit.DueDate(dueDate.at),
                    snooze == null ? null : new TicketEdit.Snooze(snooze.isOver, snooze.until));
        }

        private static List<String> orEmpty(@Nullable List<String> tags) {
            return tags == null ? List.of() : tags;
        }
    }

    /** @param personId absent for nobody */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkAssignee(@Nullable UUID personId) {}

    /** @param at absent for none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkDueDate(@Nullable Instant at) {}

    /**
     * @param isOver wakes instead
     * @param until absent for until the customer answers
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkSnooze(@NotNull Boolean isOver, @Nullable Instant until) {}

    /**
     * @param macroVersion as it was shown
     * @param name as it was then
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkMacro(
            @NotNull UUID macroId,
            @NotNull @PositiveOrZero Long macroVersion,
            @Size(max = 80) @Nullable String name) {}
}
