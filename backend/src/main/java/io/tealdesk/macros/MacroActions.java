package io.tealdesk.macros;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tealdesk.conversations.TextTemplate;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.tickets.TicketEdit;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a macro does to a ticket, each at most once: a set, not a program, so that no order of actions can surprise
 * anybody. What is absent stays as it is.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MacroActions(
        @Nullable TicketStatus status,
        @Nullable TicketPriority priority,
        @Nullable UUID teamId,
        @Valid @Nullable MacroAssignee assignee,
        @Size(max = TAGS_MAX) @Nullable List<@NotNull @Size(max = 100) String> addTags,
        @Size(max = TAGS_MAX) @Nullable List<@NotNull @Size(max = 100) String> removeTags,
        @Valid @Nullable MacroDueDate dueDate,
        @Valid @Nullable MacroMessage message) {

    private static final int TAGS_MAX = 20;
    private static final int HOURS_MAX = 24 * 365;

    /** In the form that is kept, once it makes sense. */
    MacroActions checked() {
        if (assignee != null && (assignee.to == MacroAssigneeKind.PERSON) != (assignee.personId != null)) {
            throw Problem.invalidField(
                    "actions.assignee.personId", "Mismatch", "is given for a person and for nobody else");
        }
        if (message != null) {
            TextTemplate.check("actions.message.text", message.text);
        }
        var added = TicketEdit.normalisedTags(orEmpty(addTags));
        var removed = TicketEdit.normalisedTags(orEmpty(removeTags));
        if (!Collections.disjoint(added, removed)) {
            throw Problem.invalidField("actions.removeTags", "Contradiction", "must not name what is added");
        }
        var checked = new MacroActions(
                status,
                priority,
                teamId,
                assignee,
                added.isEmpty() ? null : List.copyOf(added),
                removed.isEmpty() ? null : List.copyOf(removed),
                dueDate,
                message);
        if (checked.equals(new MacroActions(null, null, null, null, null, null, null, null))) {
            throw Problem.invalidField("actions", "Empty", "must hold something to do");
        }
        return checked;
    }

    /**
     * For one ticket and one agent.
     *
     * @param thenStatus where the ticket shall stand, unless the message says so
     */
    TicketEdit edit(Viewer viewer, Instant now, @Nullable TicketStatus thenStatus) {
        return new TicketEdit(
                thenStatus,
                priority,
                teamId,
                assignee == null ? null : new TicketEdit.Assignee(assignee.of(viewer)),
                orEmpty(addTags),
                orEmpty(removeTags),
                dueDate == null ? null : new TicketEdit.DueDate(dueDate.after(now)),
                null);
    }

    MacroActions withMessage(@Nullable MacroMessage other) {
        return new MacroActions(status, priority, teamId, assignee, addTags, removeTags, dueDate, other);
    }

    private static List<String> orEmpty(@Nullable List<String> tags) {
        return tags == null ? List.of() : tags;
    }

    enum MacroAssigneeKind {
        /** Whoever applies the macro. */
        ME,
        NOBODY,
        PERSON
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MacroAssignee(
            @NotNull MacroAssigneeKind to, @Nullable UUID personId) {

        private @Nullable UUID of(Viewer viewer) {
            return switch (to) {
                case ME -> viewer.personId();
                case NOBODY -> null;
                case PERSON -> Objects.requireNonNull(personId);
            };
        }
    }

    /** @param inHours from the moment of applying; absent, the due date is removed */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MacroDueDate(@Min(1) @Max(HOURS_MAX) @Nullable Integer inHours) {

        private @Nullable Instant after(Instant now) {
            return inHours == null ? null : now.plus(Duration.ofHours(inHours));
        }
    }

    enum MacroMessageKind {
        REPLY,
        NOTE
    }

    /** @param text Markdown, with variables until it is rendered for a ticket */
    record MacroMessage(
            @NotNull MacroMessageKind kind,
            @NotBlank @Size(max = TextTemplate.LENGTH_MAX) String text) {}
}
