package io.tealdesk.search;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jayway.jsonpath.JsonPath;
import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.StatementCounter;
import io.tealdesk.database.TwoUsers;
import io.tealdesk.identity.Viewer;
import io.tealdesk.search.FilterExpression.Term;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

@DeskTest
class SearchTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SearchQueue queue;

    @Autowired
    SearchFill fill;

    @Autowired
    Search search;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TwoUsers users;

    @Autowired
    TestSearchIndex index;

    private Http http;
    private UUID support;
    private Viewer dana;
    private Viewer mira;
    private Viewer noah;

    @BeforeEach
    void aSmallDesk() {
        http = new Http(mvc);
        support = desk.theDefaultTeam();
        dana = desk.anAgent("Dana Schmidt", support);
        var birnbaum = desk.aSharingOrganisation("Birnbaum KG");
        mira = desk.aCustomerOf(birnbaum, "Mira Birnbaum");
        noah = desk.aCustomer("Noah Quitte");

        ticket(20001, mira, "Broken brakes", "OPEN", "brakes");
        message(20001, mira, "PUBLIC_REPLY", "The brakes of my bicycle are squeaking, see invoice-2291.pdf.");
        message(20001, dana, "INTERNAL_NOTE", "She pays late, says the dunning list.");
        ticket(20002, noah, "Rechnung", "RESOLVED", "billing");
        message(20002, noah, "PUBLIC_REPLY", "Ich habe die Überweisungen nicht erhalten, bitte prüfen Sie das.");
        ticket(20003, noah, "Roue voilée", "CLOSED", "wheels");
        message(20003, noah, "PUBLIC_REPLY", "La roue arrière est voilée; le câble est à changer. Merci d'avance.");
        ticket(20004, mira, "Bent axle", "IN_PROGRESS", "axle");
        message(20004, mira, "PUBLIC_REPLY", "My bike hit a kerb. Not a problem of the brake, the axle is bent.");
        jdbc.sql("update ticket set assignee_id = :dana where number = 20004")
                .param("dana", dana.personId())
                .update();
        index.bringUpToDate();
    }

    @ParameterizedTest
    @CsvSource({
        "brakes,                     '20001,20004'",
        "BRAKE,                      '20001,20004'",
        "squeak,                     20001",
        "überweisung,                20002",
        "uberweisung,                20002",
        "cable,                      20003",
        "voilee,                     20003",
        "'\"axle is bent\"',         20004",
        "'\"bent axle is\"',         ''",
        "'brake -bicycle',           20004",
        "squeak*,                    20001",
        "invoice-2291.pdf,           20001",
        "2291,                       20001",
        "invoice,                    20001",
        "birnbaum,                   '20004,20001'",
        "mira@tealdesk.test,         '20004,20001'",
        "billing,                    20002",
        "dunning,                    20001",
        "nowhere,                    ''",
        "the,                        '20001,20004'",
        "20003,                      20003",
        "#20003,                     20003",
        "#99,                        ''",
        "from:mira,                  '20004,20001'",
        "from:Birnbuam,              '20004,20001'",
        "from:birnbaum@nowhere,      ''",
        "from:noah@tealdesk.test,    '20003,20002'",
        "to:dana,                    20004",
        "to:me,                      20004",
        "to:none status:open,        20001",
        "-to:dana from:mira,         20001",
        "tag:billing,                20002",
        "-tag:billing from:noah,     20003",
        "status:done,                '20003,20002'",
        "'status:open,resolved',     '20002,20001'",
        "team:supp brakes,           '20001,20004'",
        "team:nowhere brakes,        ''",
        "before:2020,                ''",
        "after:2026-01-01 squeak,    20001",
        "has:attachment,             ''",
        "brakes status:in_progress,  20004",
    })
    void findsWhatIsAskedFor(String query, String numbers) {
        var expected = numbers.isEmpty() ? List.of() : List.of(numbers.split(","));

        assertThat(numbers(found(dana, query)).stream().map(String::valueOf).toList())
                .containsExactlyElementsOf(
                        expected.stream().map(Object::toString).toList());
    }

    @Test
    void findsASnoozedTicketAmongWhatWaits() {
        jdbc.sql("update ticket set snoozed_at = now(), snoozed_by = :dana where number in (20001, 20003)")
                .param("dana", dana.personId())
                .update();

        assertThat(numbers(found(dana, "status:todo"))).containsExactly(20004L);
        assertThat(numbers(found(dana, "status:waiting"))).containsExactly(20001L);
        assertThat(numbers(found(dana, "-status:waiting,done"))).containsExactly(20004L);
        assertThat(numbers(found(dana, "status:open"))).containsExactly(20001L);
        assertThat(text(found(dana, "status:waiting"), "$.items[0].lane")).isEqualTo("WAITING");
        assertThat(text(found(dana, "#20003"), "$.items[0].lane")).isEqualTo("DONE");
    }

    @Test
    void showsWhereItFoundIt() {
        var hit = found(dana, "squeaking brake");

        assertThat(text(hit, "$.items[0].subject.text")).isEqualTo("Broken brakes");
        assertThat(text(hit, "$.items[0].subject.matches")).isEqualTo("[{\"start\":7,\"end\":13}]");
        assertThat(text(hit, "$.items[0].message.author.name")).isEqualTo("Mira Birnbaum");
        assertThat(text(hit, "$.items[0].message.internal")).isEqualTo("false");
        assertThat(text(hit, "$.items[0].message.body.text")).startsWith("The brakes of my bicycle");
        assertThat(text(hit, "$.items[0].message.body.matches")).contains("{\"start\":4,\"end\":10}");
    }

    @Test
    void showsMessagesAsTheyAreRead() {
        message(20004, dana, "PUBLIC_REPLY", """
                ## Sprockets
                > Which sprocket?
                **Not** the `worn` sprocket, see [the list](https://tealdesk.test/a*b) of 2 ** 3.""");
        index.bringUpToDate();

        assertThat(text(found(dana, "sprocket"), "$.items[0].message.body.text"))
                .isEqualTo("Sprockets\nWhich sprocket?\nNot the worn sprocket, see the list of 2  3.");
    }

    @Test
    void answersAnythingWithResultsOrAProblem() {
        var random = new Random(11);
        for (int i = 0; i < 400; i++) {
            var input = SearchQueryParserTests.input(random);
            assertThat(found(dana, input).getResponse().getStatus()).as(input).isIn(200, 400);
            assertThat(http.get(dana, "/api/v1/search/suggestions?q={q}", input)
                            .getResponse()
                            .getStatus())
                    .as(input)
                    .isIn(200, 400);
        }
    }

    /** Neither by what is found nor by what is left out can a customer tell that there is a note. */
    @Test
    void customersSearchOnlyWhatTheyMaySee() {
        assertThat(numbers(mira, "brakes")).containsExactly(20001L, 20004L);
        assertThat(numbers(mira, "dunning")).isEmpty();
        assertThat(numbers(mira, "brakes -dunning")).containsExactly(20001L, 20004L);
        assertThat(numbers(mira, "billing")).isEmpty();
        assertThat(numbers(noah, "brakes")).isEmpty();
        assertThat(numbers(noah, "20001")).isEmpty();
        assertThat(numbers(mira, "list squeaking")).isEmpty();
        assertThat(numbers(mira, "status:open")).isEmpty();
        assertThat(numbers(mira, "tag:brakes")).isEmpty();
        assertThat(search.page(mira, "pays", null, 10).items()).isEmpty();
    }

    @Test
    void pagesThroughEverythingOnce() {
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, team_id, created_at,
                                            updated_at, last_message_at, last_message_by)
                        select 21000 + i * 7, case when i % 5 = 0 then 'Rust and rust' else 'Some rust' end, 'OPEN',
                               'LOW', :mira, :support, now(), now(), now(), 'REQUESTER'
                        from generate_series(1, 450) i""").param("mira", mira.personId()).param("support", support).update();
        index.bringUpToDate();

        var all = new ArrayList<Long>();
        String cursor = null;
        do {
            var page = http.get(dana, "/api/v1/search?q=rust&limit=50" + (cursor == null ? "" : "&cursor=" + cursor));
            all.addAll(numbers(page));
            var next = JsonPath.parse(Http.body(page)).read("$", Map.class).get("nextCursor");
            cursor = next == null ? null : next.toString();
        } while (cursor != null);

        assertThat(all).hasSize(450).doesNotHaveDuplicates();
        assertThat(all.getFirst()).isEqualTo(21000 + 450 * 7);
    }

    /** However common a word is, and wherever among the tickets those that hold it are. */
    @ParameterizedTest
    @CsvSource({
        "rust,                    450",
        "rus*,                    450",
        "rust -seldom,            438",
        "seldom,                  12",
        "seld*,                   12",
        "seldom from:mira,        12",
        "ancient,                 30",
        "anci*,                   30",
        "ancient rust,            30",
        "'\"ancient rust\"',      30",
        "from:mira before:2026-04-02, 450",
        "from:noah rust,          0",
        "recent,                  30",
        "nowhere,                 0",
        "nowh*,                   0",
    })
    void findsEverythingAmongManyTickets(String query, int count) {
        // Over 300,000 numbers, so over all kinds of windows.
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, team_id, created_at,
                                            updated_at, last_message_at, last_message_by)
                        select 30000 + i * 700,
                               concat_ws(' ', case when i <= 30 then 'Ancient' when i > 420 then 'Recent' end, 'rust',
                                         case when i % 40 = 7 then 'seldom' end),
                               'OPEN', 'LOW', :mira, :support, timestamptz '2026-04-01', now(), now(), 'REQUESTER'
                        from generate_series(1, 450) i""").param("mira", mira.personId()).param("support", support).update();
        index.bringUpToDate();

        var all = new ArrayList<Long>();
        String cursor = null;
        do {
            var page = search.page(dana, query, cursor, 50);
            page.items().stream().map(SearchHit::number).forEach(all::add);
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(all.stream().filter(number -> number > 30000)).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    void refusesTheCursorOfAList() {
        assertThat(http.get(dana, "/api/v1/search?q=rust&cursor=x")).hasStatus(400);
        assertThat(http.get(dana, "/api/v1/search")).hasStatus(400);
    }

    @Test
    void followsEveryChange() {
        jdbc.sql("update ticket set subject = 'Puncture' where number = 20001").update();
        message(20004, dana, "PUBLIC_REPLY", "Please send the derailleur.");
        jdbc.sql("update person set name = 'Noah Mirabelle' where id = :id")
                .param("id", noah.personId())
                .update();
        jdbc.sql("update organisation set name = 'Obsthof' where name = 'Birnbaum KG'")
                .update();
        index.bringUpToDate();

        assertThat(numbers(found(dana, "puncture"))).containsExactly(20001L);
        assertThat(numbers(found(dana, "derailleur"))).containsExactly(20004L);
        assertThat(numbers(found(dana, "mirabelle"))).containsExactly(20003L, 20002L);
        assertThat(numbers(found(dana, "obsthof"))).containsExactly(20004L, 20001L);
        assertThat(numbers(found(dana, "kg"))).isEmpty();
    }

    @Test
    void queuesNothingForWhatIsNotInADocument() {
        jdbc.sql("update ticket set status = 'CLOSED', updated_at = now(), version = version + 1")
                .update();
        jdbc.sql("update person set locale = 'de'").update();

        assertThat(queued()).isZero();
    }

    @Test
    void forgetsATicketThatIsGone() {
        jdbc.sql("delete from message where ticket_number = 20003").update();
        jdbc.sql("delete from ticket where number = 20003").update();
        index.bringUpToDate();

        assertThat(jdbc.sql("select count(*) from ticket_search where ticket_number = 20003")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void fillsInWhatWasThereBefore() {
        jdbc.sql("delete from ticket_search").update();
        jdbc.sql("delete from search_queue").update();
        jdbc.sql("delete from search_fill").update();

        assertThat(fill.step()).isTrue();
        assertThat(jdbc.sql("select ticket_number from search_queue order by id")
                        .query(Long.class)
                        .list())
                .containsExactly(20004L, 20003L, 20002L, 20001L);
        index.bringUpToDate();

        assertThat(fill.step()).isFalse();
        assertThat(fill.isDone()).isTrue();
        assertThat(numbers(found(dana, "brakes"))).containsExactly(20001L, 20004L);
    }

    @Test
    void isCompleteOnceTheOldTicketsAreInIt() {
        jdbc.sql("delete from search_fill").update();
        var filling = new SearchFill(jdbc);

        assertThat(filling.isComplete()).isFalse();
        assertThat(filling.step()).isTrue();
        assertThat(filling.step()).isFalse();
        assertThat(filling.isDone()).isTrue();
        assertThat(filling.isComplete()).isFalse();
        message(20003, noah, "PUBLIC_REPLY", "A change that came later is nothing to wait for.");
        assertThat(queue.work()).isPositive();
        assertThat(filling.isComplete()).isTrue();
    }

    /** Cut down it would fit, but what keeps it from being written may be over the next time. */
    @Test
    void aTicketThatCannotBeWrittenKeepsNoOtherBackAndLosesNothing() {
        asOwner(
                "alter table ticket_search add constraint bad check (ticket_number <> 20001 or length(words) < 12) not valid");
        try {
            message(20001, mira, "PUBLIC_REPLY", "And the sprocket is worn, the chain too.");
            message(20004, mira, "PUBLIC_REPLY", "My derailleur as well.");

            assertThat(queue.work()).isOne();
            assertThat(numbers(found(dana, "derailleur"))).containsExactly(20004L);
            assertThatThrownBy(queue::work).isInstanceOf(DataIntegrityViolationException.class);
            assertThat(numbers(found(dana, "squeaking"))).containsExactly(20001L);
            assertThat(queued()).isOne();
        } finally {
            asOwner("alter table ticket_search drop constraint bad");
        }
        index.bringUpToDate();

        assertThat(numbers(found(dana, "sprocket"))).containsExactly(20001L);
        assertThat(numbers(found(dana, "squeaking"))).containsExactly(20001L);
    }

    @Test
    void whatATaskHadTakenWhenItDiedAnotherTakes() {
        message(20001, mira, "PUBLIC_REPLY", "And the sprocket is worn.");
        transaction.executeWithoutResult(dies -> {
            assertThat(queue.work()).isOne();
            assertThat(inAnotherThread(queue::work)).isZero();
            dies.setRollbackOnly();
        });

        assertThat(numbers(found(dana, "sprocket"))).isEmpty();
        assertThat(queue.work()).isOne();
        assertThat(numbers(found(dana, "sprocket"))).containsExactly(20001L);
    }

    /** Several workers, and writers that go on meanwhile: in the end every document holds the last word. */
    @Test
    void losesNoChangeWithSeveralWorkers() throws Exception {
        int writers = 3;
        int changes = 60;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new ArrayList<Future<?>>();
            for (int writer = 0; writer < writers; writer++) {
                long ticket = 20001L + writer;
                writing.add(threads.submit(() -> {
                    for (int i = 1; i <= changes; i++) {
                        message(ticket, dana, "PUBLIC_REPLY", "wordnumber" + i + "of" + ticket);
                    }
                }));
            }
            var working = new ArrayList<Future<?>>();
            for (int worker = 0; worker < 3; worker++) {
                working.add(threads.submit(() -> {
                    do {
                        queue.work();
                    } while (!writing.stream().allMatch(Future::isDone));
                }));
            }
            for (var each : working) {
                each.get();
            }
            for (var each : writing) {
                each.get();
            }
        }
        index.bringUpToDate();

        for (long ticket = 20001; ticket < 20001 + writers; ticket++) {
            for (int i = 1; i <= changes; i++) {
                assertThat(numbers(dana, "wordnumber" + i + "of" + ticket)).containsExactly(ticket);
            }
        }
        assertThat(queued()).isZero();
    }

    @Test
    void makesADocumentOfTextsThatAreTooMuch() {
        var random = new Random(3);
        for (int i = 0; i < 12; i++) {
            var text = new StringBuilder();
            while (text.length() < 49_990) {
                text.append(Integer.toString(random.nextInt(46_000), 36)).append(' ');
            }
            message(20001, mira, "PUBLIC_REPLY", text.toString());
        }
        message(20001, mira, "PUBLIC_REPLY", "and at last a sprocket");
        index.bringUpToDate();

        assertThat(numbers(found(dana, "sprocket"))).containsExactly(20001L);
    }

    @Test
    void suggestsWhileSomebodyTypes() {
        assertThat(text(suggested("squea"), "$.tickets[*].number")).isEqualTo("[20001]");
        assertThat(text(suggested("2000"), "$.tickets[*].number")).isEqualTo("[]");
        assertThat(text(suggested("20002"), "$.tickets[*].number")).isEqualTo("[20002]");
        assertThat(text(suggested("mira bi"), "$.people[*].name")).isEqualTo("[\"Mira Birnbaum\"]");
        assertThat(text(suggested("from:birnbuam"), "$.people[*].name")).isEqualTo("[\"Mira Birnbaum\"]");
        assertThat(text(suggested("birnbuam"), "$.people[*].name")).isEqualTo("[\"Mira Birnbaum\"]");
        assertThat(text(suggested("miira"), "$.people[*].name")).isEqualTo("[\"Mira Birnbaum\"]");
        assertThat(text(suggested("to:da"), "$.people[*].name")).isEqualTo("[]");
        assertThat(text(suggested("to:dan"), "$.people[*].name")).isEqualTo("[\"Dana Schmidt\"]");
        assertThat(text(suggested("brake tag:bil"), "$.tags")).isEqualTo("[\"billing\"]");
        assertThat(text(suggested("status:wai"), "$.operators"))
                .isEqualTo("[\"status:waiting_on_customer\",\"status:waiting_on_third_party\",\"status:waiting\"]");
        assertThat(text(suggested("brake t"), "$.operators")).isEqualTo("[\"to:\",\"tag:\",\"team:\"]");
        assertThat(text(suggested("\"unfinished -"), "$.tickets")).isEqualTo("[]");
        assertThat(text(suggested(" "), "$.tickets")).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "brakes,            '20001,20004'",
        "brake -squeaking,  20004",
        "20002,             20002",
        "#20002,            20002",
        "status:open,       ''",
        "'. ',              ''",
        "-brakes,           '20002,20003'",
    })
    void isATermOfAFilter(String words, String numbers) {
        var condition = TextCondition.of(words, "text", "text");
        var expected = numbers.isEmpty() ? List.of() : List.of(numbers.split(","));

        for (var sql : List.of(condition.perRow(), condition.gathered())) {
            assertThat(jdbc.sql("select t.number::text from ticket t where " + sql + " order by 1")
                            .params(condition.parameters())
                            .query(String.class)
                            .list())
                    .containsExactlyElementsOf(
                            expected.stream().map(Object::toString).toList());
        }
    }

    /** While old tickets are filled in lists find them as the release before did. */
    @Test
    void isATermOfAFilterBeforeTheIndexIsFilled() {
        message(20004, mira, "PUBLIC_REPLY", "The derailleur, too.");
        index.bringUpToDate();
        jdbc.sql("delete from ticket_search where ticket_number <> 20004").update();

        for (var expected : Map.of("bicycle", List.of(20001L), "derailleur", List.of(20004L), "20003", List.of(20003L))
                .entrySet()) {
            var term = new Term("text", FilterProperty.TEXT, FilterOperator.CONTAINS, List.of(expected.getKey()));
            var condition =
                    FilterCompiler.compiled(term, dana, new FilterInstants(Instant.EPOCH, ZoneOffset.UTC), () -> false);
            for (var sql : List.of(condition.row(), condition.gather())) {
                assertThat(jdbc.sql("select t.number from ticket t where " + sql)
                                .params(condition.parameters())
                                .query(Long.class)
                                .list())
                        .as(sql)
                        .isEqualTo(expected.getValue());
            }
        }
    }

    @Test
    void needsAsManyStatementsForManyHitsAsForOne(@Autowired StatementCounter statements) {
        var forOne = statements.statementsOf(() -> found(dana, "squeaking"));
        var forTwo = statements.statementsOf(() -> found(dana, "brakes"));

        assertThat(forTwo).hasSameSizeAs(forOne);
    }

    private MvcTestResult found(Viewer viewer, String query) {
        return http.get(viewer, "/api/v1/search?q={q}", query);
    }

    private MvcTestResult suggested(String query) {
        return http.get(dana, "/api/v1/search/suggestions?q={q}", query);
    }

    private List<Long> numbers(Viewer viewer, String query) {
        return search.page(viewer, query, null, 10).items().stream()
                .map(SearchHit::number)
                .toList();
    }

    private static List<Long> numbers(MvcTestResult page) {
        assertThat(page).hasStatusOk();
        return JsonPath.<List<Integer>>read(Http.body(page), "$.items[*].number").stream()
                .map(Integer::longValue)
                .toList();
    }

    private void asOwner(String sql) {
        JdbcClient.create(new DriverManagerDataSource(users.url(), users.owner(), users.password()))
                .sql(sql)
                .update();
    }

    private static <T> T inAnotherThread(Callable<T> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(work).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PostgreSQL parts documents where the application parts queries. */
    @Test
    void marksAreBlanksInDocumentsAsInQueries() {
        var text = "straße 42 " + SearchText.MARKS + " [x] (y) {z} ^ $ ü!? 100%";
        var inDocuments = jdbc.sql("select regexp_replace(:text, :marks, ' ', 'g')")
                .param("text", text)
                .param("marks", SearchText.A_MARK)
                .query(String.class)
                .single();

        assertThat(inDocuments).isEqualTo(SearchText.plain(text)).contains("straße 42 ", " [x] (y) {z} ^ $ ü");
    }

    private int queued() {
        return jdbc.sql("select count(*) from search_queue")
                .query(Integer.class)
                .single();
    }

    private void ticket(long number, Viewer requester, String subject, String status, String tag) {
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, organisation_id, team_id,
                                            tags, created_at, updated_at, last_message_at, last_message_by)
                        values (:number, :subject, :status, 'LOW', :requester, :organisation, :team, array[:tag],
                                timestamptz '2026-03-01', now(), now(), 'REQUESTER')""")
                .param("number", number)
                .param("subject", subject)
                .param("status", status)
                .param("requester", requester.personId())
                .param("organisation", requester.organisationId())
                .param("team", support)
                .param("tag", tag)
                .update();
    }

    private void message(long ticket, Viewer author, String kind, String text) {
        jdbc.sql("""
                        insert into message (ticket_number, author_id, kind, body_markdown, body_html, created_at)
                        values (:ticket, :author, :kind, :text, '', now())""")
                .param("ticket", ticket)
                .param("author", author.personId())
                .param("kind", kind)
                .param("text", text)
                .update();
    }
}
