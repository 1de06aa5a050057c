package io.tealdesk.rehearsal.bench.desk;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Who is there: teams, agents, organisations and customers. */
final class Population {

    static final int AGENTS = 100;
    private static final int TEAMS_OF_AN_AGENT_MAX = 3;
    private static final int CUSTOMERS_OF_AN_ORGANISATION = 25;
    private static final double CUSTOMERS_A_TICKET = 0.2;

    private static final List<String> TEAM_NAMES = List.of(
            "Billing",
            "Technical",
            "Sales",
            "Returns",
            "Onboarding",
            "Enterprise",
            "Logistics",
            "Hardware",
            "Accounts",
            "Partners",
            "Compliance",
            "Night shift");
    private static final List<String> GIVEN_NAMES = List.of(
            "Anna", "Ben", "Clara", "David", "Elena", "Finn", "Grace", "Hugo", "Ines", "Jonas", "Katja", "Liam",
            "Maria", "Noah", "Olga", "Paul", "Rosa", "Samuel", "Tara", "Victor", "Wanda", "Yusuf", "Zoe", "Aylin",
            "Bruno", "Camille", "Dario", "Emma", "Felix", "Greta");
    private static final List<String> FAMILY_BEGINNINGS = List.of(
            "Berg", "Stein", "Lind", "Wal", "Haus", "Feld", "Morg", "Rich", "Hart", "Lang", "Kirch", "Brand", "Mont",
            "Vill", "Cast", "Rob", "Mart", "Lop", "Sand", "Wint");
    private static final List<String> FAMILY_ENDINGS = List.of(
            "er", "mann", "ez", "ier", "son", "ley", "ini", "ström", "ley", "eau", "ard", "ow", "ton", "ko", "is",
            "ova", "quist", "ham", "by", "ing");

    private final List<UUID> teams = new ArrayList<>();
    private final List<List<Integer>> agentsOfTeam = new ArrayList<>();
    private final List<UUID> agents = new ArrayList<>();
    private final List<UUID> organisations = new ArrayList<>();
    private final UUID[] customers;
    private final int[] organisationOf;
    private final Tongue[] tongueOf;
    private final Zipf ofTeams = new Zipf(TEAM_NAMES.size(), 0.8);
    private final Zipf ofCustomers;

    Population(int tickets, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TEAM_NAMES.forEach(_ -> {
            teams.add(Ids.next(random));
            agentsOfTeam.add(new ArrayList<>());
        });
        for (int agent = 0; agent < AGENTS; agent++) {
            agents.add(Ids.next(random));
            // One team after the other, so that each has somebody, and some more by chance.
            join(agent, agent % teams.size());
            for (int more = random.nextInt(TEAMS_OF_AN_AGENT_MAX); more > 0; more--) {
                join(agent, ofTeams.draw(random));
            }
        }
        int count = Math.max(200, (int) (tickets * CUSTOMERS_A_TICKET));
        for (int organisation = 0;
                organisation < Math.max(10, count / CUSTOMERS_OF_AN_ORGANISATION / 2);
                organisation++) {
            organisations.add(Ids.next(random));
        }
        Zipf ofOrganisations = new Zipf(organisations.size(), 0.7);
        customers = new UUID[count];
        organisationOf = new int[count];
        tongueOf = new Tongue[count];
        for (int customer = 0; customer < count; customer++) {
            customers[customer] = Ids.next(random);
            organisationOf[customer] = random.nextBoolean() ? ofOrganisations.draw(random) : -1;
            tongueOf[customer] = tongue(random.nextInt(100));
        }
        ofCustomers = new Zipf(count, 0.75);
    }

    private void join(int agent, int team) {
        if (!agentsOfTeam.get(team).contains(agent)) {
            agentsOfTeam.get(team).add(agent);
        }
    }

    private static Tongue tongue(int percent) {
        int upTo = 0;
        for (Tongue tongue : Tongue.values()) {
            upTo += tongue.percent();
            if (percent < upTo) {
                return tongue;
            }
        }
        return Tongue.ENGLISH;
    }

    int drawTeam(RandomGenerator random) {
        return ofTeams.draw(random);
    }

    int drawCustomer(RandomGenerator random) {
        return ofCustomers.draw(random);
    }

    UUID drawAgent(int team, RandomGenerator random) {
        List<Integer> members = agentsOfTeam.get(team);
        return agents.get(members.get(random.nextInt(members.size())));
    }

    UUID team(int place) {
        return teams.get(place);
    }

    UUID customer(int place) {
        return customers[place];
    }

    Tongue tongueOf(int customer) {
        return tongueOf[customer];
    }

    @Nullable UUID organisation(int customer) {
        return organisationOf[customer] < 0 ? null : organisations.get(organisationOf[customer]);
    }

    int customers() {
        return customers.length;
    }

    byte[] teamRows(String at) {
        CopyText rows = new CopyText();
        for (int team = 0; team < teams.size(); team++) {
            rows.add(teams.get(team)).add(TEAM_NAMES.get(team)).add(at).endRow();
        }
        return rows.bytes();
    }

    byte[] memberRows() {
        CopyText rows = new CopyText();
        for (int team = 0; team < teams.size(); team++) {
            for (int agent : agentsOfTeam.get(team)) {
                rows.add(teams.get(team)).add(agents.get(agent)).endRow();
            }
        }
        return rows.bytes();
    }

    byte[] organisationRows(String at) {
        CopyText rows = new CopyText();
        for (int organisation = 0; organisation < organisations.size(); organisation++) {
            rows.add(organisations.get(organisation))
                    .add("Company " + HexFormat.of().toHexDigits(organisation))
                    .add(organisation % 3 == 0)
                    .add(at)
                    .endRow();
        }
        return rows.bytes();
    }

    byte[] personRows(String at, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CopyText rows = new CopyText();
        for (int agent = 0; agent < agents.size(); agent++) {
            person(rows, agents.get(agent), "agent-" + agent + "@bench.example", "AGENT", null, at, random);
        }
        for (int customer = 0; customer < customers.length; customer++) {
            person(
                    rows,
                    customers[customer],
                    "customer-" + customer + "@bench.example",
                    "CUSTOMER",
                    organisation(customer),
                    at,
                    random);
        }
        return rows.bytes();
    }

    private static void person(
            CopyText rows,
            UUID id,
            String email,
            String role,
            @Nullable UUID organisation,
            String at,
            RandomGenerator random) {
        String name = GIVEN_NAMES.get(random.nextInt(GIVEN_NAMES.size()))
                + " "
                + FAMILY_BEGINNINGS.get(random.nextInt(FAMILY_BEGINNINGS.size()))
                + FAMILY_ENDINGS.get(random.nextInt(FAMILY_ENDINGS.size()));
        rows.add(id)
                .add(email)
                .add(name)
                .add(role)
                .add(organisation)
                .add(at)
                .add(at)
                .endRow();
    }
}
