package io.tealdesk.demo;

import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code resources/demo} says: the desk's people and words, and the scenarios that its tickets follow. */
record DemoContent(
        List<TeamOfDesk> teams,
        String administratorName,
        String administratorEmail,
        List<Agent> agents,
        List<CustomerOrganisation> organisations,
        List<Customer> customers,
        Map<String, Tone> tones,
        Map<String, Tone> agentPhrases,
        Map<String, List<String>> thanks,
        Map<String, List<String>> comebacks,
        Map<String, List<String>> vagueSubjects,
        Map<String, List<String>> slots,
        List<Scenario> scenarios) {

    record TeamOfDesk(String name, String description, boolean isDefault) {}

    record Agent(String name, String email, List<String> teams, List<String> languages, int load, Tone tone) {

        String firstName() {
            return name.substring(0, name.indexOf(' '));
        }
    }

    record CustomerOrganisation(String name, List<String> kinds, boolean sharesTickets) {}

    record Customer(
            String name, String email, CustomerOrganisation organisation, Tone tone, String language, int load) {

        String firstName() {
            return name.substring(0, name.indexOf(' '));
        }
    }

    /** What a person writes before and after the matter itself; an empty text is nothing. */
    record Tone(List<String> greetings, List<String> signOffs) {}

    /**
     * A kind of ticket.
     *
     * @param who the kinds of organisation that write it; empty for all
     * @param around days ago, for what happened to many customers at once
     * @param isAbandoned whether it ends cancelled instead of resolved
     */
    record Scenario(
            String key,
            String team,
            List<String> tags,
            TicketPriority priority,
            String language,
            List<String> who,
            int weight,
            @Nullable Integer around,
            boolean isAbandoned,
            Map<String, List<String>> slots,
            List<String> subjects,
            List<Step> story) {

        boolean suits(Customer customer) {
            return language.equals(customer.language())
                    && (who.isEmpty()
                            || who.stream().anyMatch(customer.organisation().kinds()::contains));
        }
    }

    enum Voice {
        CUSTOMER,
        AGENT,
        NOTE
    }

    /**
     * One message.
     *
     * @param texts alternatives, one of which is told
     * @param then the status the message leaves the ticket in
     * @param after how long it takes to come, where that matters to the story
     * @param byTeam whose agent writes it, when it is not the assignee
     * @param dueIn sets the due date, that far from here
     * @param attachments kind and file name, such as {@code photo:scratch.png}
     */
    record Step(
            Voice voice,
            List<String> texts,
            @Nullable TicketStatus then,
            @Nullable Duration after,
            @Nullable String byTeam,
            @Nullable Duration dueIn,
            List<String> attachments) {}
}
