package io.tealdesk.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.files.AttachmentFiles;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The application in tests has no demo; here it is loaded by hand. */
@DeskTest
class DemoLoaderTests {

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    AttachmentFiles files;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    Clock clock;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JsonMapper json;

    @Test
    void fillsAnEmptyDesk() throws IOException {
        assertThat(load()).isTrue();

        assertThat(count("team")).isEqualTo(3);
        assertThat(count("organisation")).isEqualTo(8);
        assertThat(count("person where role = 'AGENT'")).isEqualTo(10);
        assertThat(count("person where role = 'ADMINISTRATOR'")).isEqualTo(1);
        assertThat(count("person where role = 'CUSTOMER' and organisation_id is not null"))
                .isEqualTo(40);
        assertThat(count("person where email_verified_at is null or password_hash is null"))
                .isZero();
        assertThat(count("ticket")).isEqualTo(600);
        assertThat(count("message where body_html = ''")).isZero();
        assertThat(count("message_attachment")).isEqualTo(count("attachment")).isGreaterThan(60);
        assertThat(count("outbox_mail")).isZero();
        everyTicketAgreesWithItsMessagesAndHistory();
        savedRepliesAndMacrosAreSuchAsAnAdministratorCouldKeep();
        attachmentsCanBeReadAndAreWhatTheirNamesSay();
        everyDemoLoginWorks();
        newTicketsContinueTheNumbers();
    }

    @Test
    void leavesADeskAloneThatIsInUse() {
        desk.aCustomer("Noa");

        assertThat(load()).isFalse();
        assertThat(count("ticket")).isZero();
    }

    @Test
    void keepsAnAdministratorWhoWasThereBefore() {
        desk.anAdministrator("Ines");

        assertThat(load()).isTrue();
        assertThat(count("person where role = 'ADMINISTRATOR'")).isEqualTo(2);
    }

    @Test
    void loadsOnceWhenTwoTasksStartTogether() {
        var first = CompletableFuture.supplyAsync(this::load);
        var second = CompletableFuture.supplyAsync(this::load);

        assertThat(first.join()).isNotEqualTo(second.join());
        assertThat(count("ticket")).isEqualTo(600);
        assertThat(load()).isFalse();
    }

    @Test
    void leavesNothingBehindWhenItFails() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    loader().load();
                    throw new IllegalStateException("the machine is switched off");
                }))
                .hasMessage("the machine is switched off");

        assertThat(count("ticket") + count("organisation") + count("person") + count("attachment"))
                .isZero();
    }

    private void savedRepliesAndMacrosAreSuchAsAnAdministratorCouldKeep() {
        var http = new Http(mvc);
        var administrator = desk.anAdministrator("Ines");
        for (var list : List.of("saved-replies", "macros")) {
            var kept = json.readTree(Http.body(http.get(administrator, "/api/v1/" + list)));
            assertThat(kept).hasSizeGreaterThan(5);
            for (var each : kept) {
                var change = ((ObjectNode) each).deepCopy();
                var teamIds = change.putArray("teamIds");
                each.path("teams").forEach(team -> teamIds.add(team.path("id").asString()));
                change.retain("name", "visibility", "teamIds", "text", "actions");
                assertThat(http.change(
                                HttpMethod.PUT,
                                administrator,
                                "/api/v1/" + list + "/" + each.path("id").asString(),
                                "\"0\"",
                                change.toString()))
                        .hasStatusOk();
            }
        }
    }

    private void everyTicketAgreesWithItsMessagesAndHistory() {
        assertThat(count("""
                ticket t where (t.last_message_at, t.last_message_by) is distinct from (
                    select (m.created_at, case when m.author_id = t.requester_id then 'REQUESTER' else 'STAFF' end)
                    from message m where m.ticket_number = t.number and m.kind = 'PUBLIC_REPLY'
                    order by m.id desc limit 1)""")).isZero();
        assertThat(count("""
                ticket t where t.first_replied_at is distinct from (
                    select min(m.created_at) from message m
                    where m.ticket_number = t.number and m.kind = 'PUBLIC_REPLY' and m.author_id <> t.requester_id)""")).isZero();
        assertThat(count("""
                ticket t where t.updated_at <> greatest(
                    (select max(created_at) from message m where m.ticket_number = t.number),
                    (select max(occurred_at) from ticket_event e where e.ticket_number = t.number))""")).isZero();
        for (var pair : new String[][] {
            {"STATUS", "t.status", "'OPEN'"},
            {"PRIORITY", "t.priority", "'MEDIUM'"},
            {"TEAM", "t.team_id::text", "(select id::text from team where is_default)"},
            {"ASSIGNEE", "t.assignee_id::text", "null"},
            {"TAGS", "nullif(array_to_string(t.tags, ','), '')", "null"},
        }) {
            assertThat(count("""
                    ticket t where %s is distinct from coalesce(
                        (select e.to_value from ticket_event e where e.ticket_number = t.number and e.kind = '%s'
                         order by e.id desc limit 1), %s)""".formatted(pair[1], pair[0], pair[2]))).isZero();
        }
        assertThat(count("""
                ticket t join person p on p.id = t.assignee_id where p.role = 'AGENT' and not exists (
                    select from team_member m where m.team_id = t.team_id and m.person_id = p.id)""")).isZero();
    }

    private void attachmentsCanBeReadAndAreWhatTheirNamesSay() throws IOException {
        for (var id : jdbc.queryForList("select id from attachment limit 40", UUID.class)) {
            var stored = files.open(id);
            try (var content = stored.content()) {
                assertThat(content.readAllBytes())
                        .hasSize((int) stored.attachment().sizeBytes());
            }
        }
        assertThat(jdbc.queryForList("""
                select distinct substring(file_name from '[^.]+$') || ' ' || media_type from attachment order by 1""", String.class))
                .containsExactly("csv text/csv", "pdf application/pdf", "png image/png", "txt text/plain");
    }

    private void everyDemoLoginWorks() {
        assertThat(new DemoAccounts().list()).isNotEmpty().allSatisfy(login -> {
            assertThat(jdbc.queryForMap("select name, role from person where email = ?::citext", login.email()))
                    .containsEntry("name", login.name())
                    .containsEntry("role", login.role());
            assertThat(mvc.post()
                            .uri("/api/v1/sessions")
                            .contentType("application/json")
                            .content("{\"email\":\"%s\",\"password\":\"%s\"}"
                                    .formatted(login.email(), login.password())))
                    .hasStatusOk();
        });
    }

    private void newTicketsContinueTheNumbers() {
        assertThat(jdbc.queryForObject("select nextval('ticket_number_seq')", Long.class))
                .isGreaterThan(jdbc.queryForObject("select max(number) from ticket", Long.class));
        assertThat(jdbc.queryForObject("select nextval('message_id_seq')", Long.class))
                .isGreaterThan(jdbc.queryForObject("select max(id) from message", Long.class));
        assertThat(count("ticket where created_at < now() - interval '%d days'"
                        .formatted(Duration.ofDays(91).toDays())))
                .isZero();
    }

    private boolean load() {
        return Boolean.TRUE.equals(transaction.execute(status -> loader().load()));
    }

    private DemoLoader loader() {
        return new DemoLoader(jdbc, files, passwords, clock);
    }

    private long count(String of) {
        var count = jdbc.queryForObject("select count(*) from " + of, Long.class);
        return count == null ? 0 : count;
    }
}
