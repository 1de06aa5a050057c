package io.tealdesk.macros;

import io.tealdesk.conversations.Conversations;
import io.tealdesk.conversations.MessageResponse;
import io.tealdesk.conversations.TextTemplate;
import io.tealdesk.identity.Viewer;
import io.tealdesk.macros.MacroActions.MacroMessage;
import io.tealdesk.macros.MacroActions.MacroMessageKind;
import io.tealdesk.shared.Problem;
import io.tealdesk.tickets.TicketEdit;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.TicketView;
import io.tealdesk.tickets.Tickets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Brings saved replies and macros together with a ticket: fills in its texts, and does what a macro says. */
@Component
public class MacroApplications {

    private final Macros macros;
    private final Tickets tickets;
    private final Conversations conversations;
    private final Clock clock;

    MacroApplications(Macros macros, Tickets tickets, Conversations conversations, Clock clock) {
        this.macros = macros;
        this.tickets = tickets;
        this.conversations = conversations;
        this.clock = clock;
    }

    /** As they read on the ticket. */
    List<SavedReply> savedReplies(long number, Viewer viewer) {
        var values = TextTemplate.Values.of(tickets.get(number, viewer), viewer.name());
        return macros.savedReplies(viewer).stream()
                .map(reply -> new SavedReply(
                        reply.id(),
                        reply.name(),
                        reply.visibility(),
                        reply.teams(),
                        reply.owner(),
                        TextTemplate.rendered(reply.text(), values),
                        reply.mayChange(),
                        reply.version()))
                .toList();
    }

    /** With their messages as they read on the ticket. */
    List<Macro> macros(long number, Viewer viewer) {
        var values = TextTemplate.Values.of(tickets.get(number, viewer), viewer.name());
        return macros.macros(viewer).stream()
                .map(macro -> {
                    var message = macro.actions().message();
                    return new Macro(
                            macro.id(),
                            macro.name(),
                            macro.visibility(),
                            macro.teams(),
                            macro.owner(),
                            message == null
                                    ? macro.actions()
                                    : macro.actions()
                                            .withMessage(new MacroMessage(
                                                    message.kind(), TextTemplate.rendered(message.text(), values))),
                            macro.assignee(),
                            macro.team(),
                            macro.mayChange(),
                            macro.version());
                })
                .toList();
    }

    /** Does all that the macro says to one ticket, or nothing. */
    @Transactional
    AppliedMacro apply(long number, Viewer viewer, long expectedVersion, Application application) {
        tickets.lock(number, viewer, expectedVersion);
        var applied = applyToLocked(number, viewer, application);
        macros.used(MacroKind.MACRO, application.macroId, viewer);
        return applied;
    }

    /**
     * Does all that the macro says to one of many tickets, or nothing. Its message is made here. That it was used is
     * counted once for all of them, by {@link #usedForMany}.
     *
     * @param lastMessageId what came later than this message its applier cannot have seen, and a reply is refused
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void applyToOneOfMany(long number, Viewer viewer, UUID macroId, long macroVersion, long lastMessageId) {
        tickets.lock(number, viewer);
        applyToLocked(number, viewer, new Application(macroId, macroVersion, lastMessageId, null));
    }

    /**
     * What the macro does to the properties of many tickets, where that is all it does; one that writes a message has to
     * be applied to each.
     */
    public Optional<TicketEdit> editOfMany(Viewer viewer, UUID macroId, long macroVersion, Instant from) {
        var actions = usable(macroId, macroVersion, viewer).actions();
        return actions.message() == null ? Optional.of(actions.edit(viewer, from, actions.status())) : Optional.empty();
    }

    /** Refuses a macro that the viewer may not use or was not shown as it is; returns its name. */
    @Transactional
    public String usedForMany(Viewer viewer, UUID macroId, long macroVersion) {
        var name = usable(macroId, macroVersion, viewer).name();
        macros.used(MacroKind.MACRO, macroId, viewer);
        return name;
    }

    private Macro usable(UUID macroId, long macroVersion, Viewer viewer) {
        var macro = macros.macro(macroId, viewer)
                .orElseThrow(() -> Problem.invalidField("macroId", "Unknown", "is no macro that you may use"));
        if (macro.version() != macroVersion) {
            throw MacroProblem.changed();
        }
        return macro;
    }

    private AppliedMacro applyToLocked(long number, Viewer viewer, Application application) {
        var actions =
                usable(application.macroId, application.macroVersion, viewer).actions();
        var written = write(number, viewer, actions, application);
        var isReply = written != null && isReply(actions);
        var edit = actions.edit(viewer, clock.instant(), isReply ? null : actions.status());
        var ticket = edited(number, viewer, edit);
        return new AppliedMacro(ticket, written);
    }

    /** First of all: whoever moves a ticket to another team may no longer write on it. */
    private @Nullable MessageResponse write(long number, Viewer viewer, MacroActions actions, Application application) {
        var message = actions.message();
        if (message == null) {
            if (application.body != null) {
                throw Problem.invalidField("body", "Mismatch", "is given for a macro with a message and for no other");
            }
            return null;
        }
        var body = application.body != null
                ? application.body
                : TextTemplate.rendered(
                        message.text(), TextTemplate.Values.of(tickets.get(number, viewer), viewer.name()));
        if (body.isBlank()) {
            throw Problem.invalidField("body", "NotBlank", "must not be blank");
        }
        return switch (message.kind()) {
            case NOTE -> conversations.addNote(number, viewer, body, List.of(), null);
            case REPLY -> reply(number, viewer, body, application.lastSeenMessageId, actions.status());
        };
    }

    private MessageResponse reply(
            long number,
            Viewer viewer,
            String body,
            @Nullable Long lastSeenMessageId,
            @Nullable TicketStatus thenStatus) {
        if (lastSeenMessageId == null) {
            throw Problem.invalidField("lastSeenMessageId", "NotNull", "must be given for a macro that replies");
        }
        try {
            return conversations.reply(number, viewer, body, List.of(), lastSeenMessageId, thenStatus, false, null);
        } catch (Problem refused) {
            throw refused.slug().equals("illegal-status-change") ? MacroProblem.refused("status", refused) : refused;
        }
    }

    private TicketView edited(long number, Viewer viewer, TicketEdit edit) {
        try {
            return tickets.edit(number, viewer, edit);
        } catch (Problem refused) {
            throw refused.property(TicketEdit.REFUSED_PART) instanceof String part
                    ? MacroProblem.refused(part, refused)
                    : refused;
        }
    }

    private static boolean isReply(MacroActions actions) {
        return actions.message() != null && actions.message().kind() == MacroMessageKind.REPLY;
    }

    /**
     * What somebody asks for.
     *
     * @param macroVersion as its applier was shown it
     * @param body its message as its applier saw it; absent, it is made here
     */
    record Application(
            UUID macroId,
            long macroVersion,
            @Nullable Long lastSeenMessageId,
            @Nullable String body) {}

    record AppliedMacro(TicketView ticket, @Nullable MessageResponse message) {}
}
