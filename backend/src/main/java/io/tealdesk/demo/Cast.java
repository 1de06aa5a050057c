package io.tealdesk.demo;

import io.tealdesk.demo.DemoContent.Agent;
import io.tealdesk.demo.DemoContent.Customer;
import io.tealdesk.demo.DemoContent.CustomerOrganisation;
import io.tealdesk.demo.DemoContent.TeamOfDesk;
import io.tealdesk.demo.DemoContent.Tone;
import io.tealdesk.demo.DemoDesk.OrganisationRow;
import io.tealdesk.demo.DemoDesk.PersonRow;
import io.tealdesk.demo.DemoDesk.TeamRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The people and teams of the demo, their ids, and who is chosen when somebody has to write or answer. */
final class Cast {

    private final DemoContent content;
    private final Random random;
    private final Map<String, UUID> ids = new HashMap<>();

    Cast(DemoContent content, Random random) {
        this.content = content;
        this.random = random;
        content.teams().forEach(team -> ids.put(team.name(), newId()));
        content.organisations().forEach(organisation -> ids.put(organisation.name(), newId()));
        ids.put(content.administratorEmail(), newId());
        content.agents().forEach(agent -> ids.put(agent.email(), newId()));
        content.customers().forEach(customer -> ids.put(customer.email(), newId()));
    }

    UUID id(Customer customer) {
        return idOf(customer.email());
    }

    UUID id(Agent agent) {
        return idOf(agent.email());
    }

    UUID id(CustomerOrganisation organisation) {
        return idOf(organisation.name());
    }

    UUID teamId(String team) {
        return idOf(team);
    }

    String defaultTeam() {
        return content.teams().stream()
                .filter(TeamOfDesk::isDefault)
                .map(TeamOfDesk::name)
                .findFirst()
                .orElseThrow();
    }

    Agent agentOf(String team, String language, @Nullable Agent except) {
        var able = content.agents().stream()
                .filter(agent ->
                        agent.teams().contains(team) && agent.languages().contains(language))
                .toList();
        var others = able.stream().filter(agent -> !agent.equals(except)).toList();
        return weighted(others.isEmpty() ? able : others, Agent::load);
    }

    Tone toneOf(Agent agent, String language) {
        return content.agentPhrases().getOrDefault(language, agent.tone());
    }

    Customer weightedCustomer(List<Customer> customers) {
        return weighted(customers, Customer::load);
    }

    List<TeamRow> teamRows() {
        return content.teams().stream()
                .map(team -> new TeamRow(idOf(team.name()), team.name(), team.description(), team.isDefault()))
                .toList();
    }

    List<OrganisationRow> organisationRows() {
        return content.organisations().stream()
                .map(each -> new OrganisationRow(id(each), each.name(), each.sharesTickets()))
                .toList();
    }

    List<PersonRow> personRows() {
        var administrator = new PersonRow(
                idOf(content.administratorEmail()),
                content.administratorName(),
                content.administratorEmail(),
                "ADMINISTRATOR",
                "en",
                null,
                List.of(teamId(defaultTeam())));
        var agents = content.agents().stream()
                .map(agent -> new PersonRow(
                        id(agent),
                        agent.name(),
                        agent.email(),
                        "AGENT",
                        "en",
                        null,
                        agent.teams().stream().map(this::teamId).toList()));
        var customers = content.customers().stream()
                .map(customer -> new PersonRow(
                        id(customer),
                        customer.name(),
                        customer.email(),
                        "CUSTOMER",
                        customer.language(),
                        id(customer.organisation()),
                        List.of()));
        return Stream.concat(Stream.concat(Stream.of(administrator), agents), customers)
                .toList();
    }

    private <T> T weighted(List<T> candidates, ToIntFunction<T> weight) {
        int rest = random.nextInt(candidates.stream().mapToInt(weight).sum());
        for (T candidate : candidates) {
            rest -= weight.applyAsInt(candidate);
            if (rest < 0) {
                return candidate;
            }
        }
        return candidates.getLast();
    }

    private UUID idOf(String key) {
        return Objects.requireNonNull(ids.get(key), key);
    }

    /** From the seed, so that two loads of the same demo agree; otherwise like any random UUID. */
    private UUID newId() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
