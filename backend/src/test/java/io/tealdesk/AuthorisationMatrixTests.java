package io.tealdesk;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.tealdesk.ApiOperation.Caller;
import io.tealdesk.files.AttachmentFiles;
import io.tealdesk.search.TestSearchIndex;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every operation of the API against everybody who may call it: the table stands in {@link ApiOperation}. */
@DeskTest
class AuthorisationMatrixTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures fixtures;

    @Autowired
    AttachmentFiles files;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @Autowired
    TestSearchIndex searchIndex;

    @Autowired
    Environment environment;

    @Autowired
    List<RequestMappingHandlerMapping> mappings;

    @Test
    void everyOperationOfTheApiIsInTheTable() {
        assertThat(operationsInTheTable()).containsExactlyInAnyOrderElementsOf(operationsInTheDocument());
    }

    @Test
    void everyControllerMethodIsInTheDocument() {
        var mapped = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(info -> info.getPatternValues().stream())
                .filter(path -> path.startsWith("/api"))
                .collect(Collectors.toSet());

        assertThat(operationsInTheDocument().stream().map(operation -> operation.substring(operation.indexOf(' ') + 1)))
                .containsAll(mapped);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("cells")
    void answersAsTheTableSays(ApiOperation operation, Caller caller, String outcome) {
        var desk = aDesk(caller);
        var request = operation.request(desk, caller, tokens());
        var before = desk.fingerprint();

        var answer = mvc.perform(request);

        switch (outcome) {
            case "ok" -> assertThat(answer).as("%s by %s", operation, caller).hasStatus2xxSuccessful();
            case "401" -> assertRefused(answer, 401, "not-signed-in");
            case "403" -> assertRefused(answer, 403, "forbidden");
            default -> assertRefused(answer, 404, "not-found");
        }
        if (!outcome.equals("ok")) {
            assertThat(desk.fingerprint()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CUSTOMER_OF_ANOTHER_ORGANISATION", "COLLEAGUE_IN_A_PRIVATE_ORGANISATION"})
    void listsOfThePortalHoldNothingForeign(Caller caller) {
        var desk = aDesk(caller);

        for (var uri : List.of("/api/v1/portal/tickets", "/api/v1/portal/tickets?scope=ORGANISATION&state=OPEN")) {
            assertThat(get(desk, caller, uri))
                    .hasStatusOk()
                    .bodyJson()
                    .extractingPath("$.items")
                    .asArray()
                    .isEmpty();
        }
    }

    @Test
    void listsOfTheWorkspaceHoldNothingOfAnotherTeam() {
        var desk = aDesk(Caller.AGENT_OF_ANOTHER_TEAM);

        assertThat(listsOf(desk, Caller.AGENT_OF_ANOTHER_TEAM))
                .allSatisfy((uri, body) -> assertThat(body)
                        .as(uri)
                        .doesNotContain("Cracked drawbar", ApiDesk.TAG, ApiDesk.MACRO_TEXT, "\"value\":1", "Workshop"));
        assertThat(listsOf(desk, Caller.AGENT_OF_THE_TEAM).values())
                .anySatisfy(body -> assertThat(body).contains("Cracked drawbar"));
    }

    private Map<String, String> listsOf(ApiDesk desk, Caller caller) {
        desk.savedView("EVERYONE");
        desk.macro("SAVED_REPLY", "TEAMS");
        desk.macro("MACRO", "TEAMS");
        return Stream.of(
                        "/api/v1/tickets",
                        "/api/v1/tickets?text=" + desk.ticket,
                        "/api/v1/tickets?text=drawbar",
                        "/api/v1/tickets?assignee=" + desk.agent.personId(),
                        "/api/v1/tickets?team=" + desk.team,
                        "/api/v1/tickets?requester=" + desk.owner.personId(),
                        "/api/v1/tickets/count",
                        "/api/v1/tickets/count?team=" + desk.team,
                        "/api/v1/tickets?filter=%7B%22any%22:%5B%5D%7D",
                        "/api/v1/tickets?filter=%7B%22property%22:%22team%22,%22operator%22:%22IN%22,%22values%22:%5B%22"
                                + desk.team + "%22%5D%7D",
                        "/api/v1/tickets/export.csv",
                        "/api/v1/saved-views?counts=true",
                        "/api/v1/saved-replies",
                        "/api/v1/macros",
                        "/api/v1/views",
                        "/api/v1/tags")
                .collect(Collectors.toMap(uri -> uri, uri -> Http.body(get(desk, caller, uri))));
    }

    @Test
    void searchFindsNothingOfAnotherTeam() {
        var desk = aDesk(Caller.AGENT_OF_ANOTHER_TEAM);
        searchIndex.bringUpToDate();
        var searches = List.of(
                "/api/v1/search?q=drawbar",
                "/api/v1/search?q=" + desk.ticket,
                "/api/v1/search?q=status:waiting",
                "/api/v1/search?q=tag:" + ApiDesk.TAG,
                "/api/v1/search?q=from:mira",
                "/api/v1/search?q=to:dana",
                "/api/v1/search?q=team:workshop",
                "/api/v1/search?q=dunning",
                "/api/v1/search/suggestions?q=drawb",
                "/api/v1/search/suggestions?q=" + desk.ticket,
                "/api/v1/search/suggestions?q=tag:late");

        assertThat(searches).allSatisfy(uri -> {
            assertThat(Http.body(get(desk, Caller.AGENT_OF_ANOTHER_TEAM, uri)))
                    .as(uri)
                    .doesNotContain("Cracked drawbar", ApiDesk.TAG);
            assertThat(Http.body(get(desk, Caller.AGENT_OF_THE_TEAM, uri)))
                    .as(uri)
                    .containsAnyOf("Cracked drawbar", ApiDesk.TAG);
        });
    }

    @Test
    void homeNumbersCountNothingOfAnotherTeam() {
        var desk = aDesk(Caller.AGENT_OF_ANOTHER_TEAM);

        assertThat(get(desk, Caller.AGENT_OF_ANOTHER_TEAM, "/api/v1/home"))
                .bodyJson()
                .extractingPath("$.openByPriority.CRITICAL")
                .isEqualTo(0);
        assertThat(get(desk, Caller.AGENT_OF_THE_TEAM, "/api/v1/home"))
                .bodyJson()
                .extractingPath("$.openByPriority.CRITICAL")
                .isEqualTo(1);
    }

    @Test
    void nobodyIsSeenAtATicketOfAnotherTeam() {
        var desk = aDesk(Caller.AGENT_OF_ANOTHER_TEAM);
        desk.tabAtTheTicket(desk.agent);
        desk.tabAtTheTicket(desk.administrator);

        assertThat(Http.body(get(desk, Caller.AGENT_OF_ANOTHER_TEAM, "/api/v1/presence")))
                .isEqualTo("{\"tickets\":[]}");
        for (var caller : List.of(Caller.AGENT_OF_THE_TEAM, Caller.ADMINISTRATOR)) {
            assertThat(Http.body(get(desk, caller, "/api/v1/presence"))).contains("Dana", "Ada");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume?x=y",
                "backlog?x=y",
                "first-reply?x=y",
                "resolution?x=y",
                "load?x=y",
                "tags?x=y",
                "volume?team=%s",
                "load?team=%s",
                "tags?team=%s",
                "load?agent=%s",
                "first-reply?agent=%s",
                "volume.csv?x=y",
                "load.csv?team=%s",
                "tags.csv?compare=true"
            })
    void reportsCountNothingOfAnotherTeam(String report) {
        var desk = aDesk(Caller.AGENT_OF_ANOTHER_TEAM).counted();
        var subject = report.contains("agent=") ? desk.agent.personId() : desk.team;
        var uri = "/api/v1/reports/" + report.formatted(subject) + "&from=2026-01-01&to=2026-12-31&by=MONTH";
        var holdsSomething = Pattern.compile("\"(value|total)\":[1-9]|,[1-9][0-9]*[,\r]|" + ApiDesk.TAG + "|Workshop");

        assertThat(Http.body(get(desk, Caller.AGENT_OF_ANOTHER_TEAM, uri))).doesNotContainPattern(holdsSomething);
        if (!report.startsWith("resolution")) {
            assertThat(Http.body(get(desk, Caller.AGENT_OF_THE_TEAM, uri))).containsPattern(holdsSomething);
            assertThat(Http.body(get(desk, Caller.ADMINISTRATOR, uri))).containsPattern(holdsSomething);
        }
    }

    /** Ids in bodies are checked like those in addresses; here the wrong one is what somebody may not use. */
    @ParameterizedTest
    @EnumSource(
            names = {"AGENT_OF_THE_TEAM", "ADMINISTRATOR"},
            mode = Mode.INCLUDE)
    void refusesForeignIdsInTheBodiesOfStaff(Caller caller) {
        var desk = aDesk(caller);
        var foreignUpload = desk.uploaded(desk.otherAgent, "secret.txt");
        var takenUpload = desk.internalAttachment();
        var ticket = "/api/v1/tickets/" + desk.ticket;
        var newTicket = "{'subject':'S','body':'B','attachmentIds':[%s],'requesterId':'%s'%s}";
        var owner = desk.owner.personId();
        var nobody = "00000000-0000-0000-0000-000000000001";

        assertRefusedField(
                desk,
                caller,
                "PUT",
                ticket + "/assignment",
                "assigneeId",
                "{'assigneeId':'" + desk.otherAgent.personId() + "'}");
        assertRefusedField(desk, caller, "PUT", ticket + "/assignment", "assigneeId", "{'assigneeId':'" + owner + "'}");
        assertRefusedField(
                desk, caller, "PUT", ticket + "/assignment", "assigneeId", "{'assigneeId':'" + nobody + "'}");
        assertRefusedField(desk, caller, "PUT", ticket + "/team", "teamId", "{'teamId':'" + nobody + "'}");
        assertRefusedField(desk, caller, "POST", "/api/v1/tickets", "requesterId", newTicket.formatted("", nobody, ""));
        assertRefusedField(
                desk,
                caller,
                "POST",
                "/api/v1/tickets",
                "teamId",
                newTicket.formatted("", owner, ",'teamId':'" + nobody + "'"));
        assertRefusedField(
                desk,
                caller,
                "POST",
                "/api/v1/tickets",
                "assigneeId",
                newTicket.formatted(
                        "", owner, ",'teamId':'" + desk.otherTeam + "','assigneeId':'" + desk.agent.personId() + "'"));
        for (var upload : List.of(foreignUpload, takenUpload, desk.publicAttachment())) {
            var ids = "'" + upload + "'";
            assertRefusedField(
                    desk, caller, "POST", "/api/v1/tickets", "attachmentIds", newTicket.formatted(ids, owner, ""));
            assertRefusedField(
                    desk,
                    caller,
                    "POST",
                    ticket + "/notes",
                    "attachmentIds",
                    "{'body':'B','attachmentIds':[" + ids + "]}");
            assertRefusedField(
                    desk,
                    caller,
                    "POST",
                    ticket + "/replies",
                    "attachmentIds",
                    "{'body':'B','attachmentIds':[" + ids + "],'lastSeenMessageId':" + desk.lastMessage + "}");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OWNER", "COLLEAGUE_IN_A_SHARING_ORGANISATION"})
    void refusesForeignAttachmentsInTheBodiesOfCustomers(Caller caller) {
        var desk = aDesk(caller);
        var replies = "/api/v1/portal/tickets/" + desk.ticket + "/replies";
        for (var upload : List.of(
                desk.uploaded(desk.stranger, "secret.txt"),
                desk.uploaded(desk.agent, "secret.txt"),
                desk.internalAttachment(),
                desk.publicAttachment())) {
            assertRefusedField(
                    desk,
                    caller,
                    "POST",
                    "/api/v1/portal/tickets",
                    "attachmentIds",
                    "{'subject':'S','body':'B','attachmentIds':['" + upload + "']}");
            assertRefusedField(
                    desk, caller, "POST", replies, "attachmentIds", "{'body':'B','attachmentIds':['" + upload + "']}");
        }
    }

    /** A customer cannot slip in what only staff may say: such a member is no part of the request at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'requesterId':'%s'",
                "'teamId':'%s'",
                "'assigneeId':'%s'",
                "'priority':'CRITICAL'",
                "'tags':[]",
                "'kind':'INTERNAL_NOTE'",
                "'thenStatus':'CLOSED'"
            })
    void refusesStaffsMembersInTheBodiesOfCustomers(String member) {
        var desk = aDesk(Caller.OWNER);
        var before = desk.fingerprint();
        var extra = member.replace("%s", desk.stranger.personId().toString());

        assertRefused(
                send(
                        desk,
                        Caller.OWNER,
                        "POST",
                        "/api/v1/portal/tickets",
                        "{'subject':'S','body':'B','attachmentIds':[]," + extra + "}"),
                400,
                "malformed-json");
        assertRefused(
                send(
                        desk,
                        Caller.OWNER,
                        "POST",
                        "/api/v1/portal/tickets/" + desk.ticket + "/replies",
                        "{'body':'B','attachmentIds':[]," + extra + "}"),
                400,
                "malformed-json");
        assertThat(desk.fingerprint()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ANONYMOUS")
    void endsAtOnceWithDeactivation(Caller caller) {
        var desk = aDesk(caller);
        var viewer = Objects.requireNonNull(caller.of(desk));
        assertThat(get(desk, caller, "/api/v1/me")).hasStatusOk();

        desk.deactivated(viewer);

        assertRefused(get(desk, caller, "/api/v1/me"), 401, "access-token-invalid");
    }

    private ApiDesk aDesk(Caller caller) {
        return new ApiDesk(fixtures, files, jdbc, clock, caller.worksInASharingOrganisation());
    }

    private AccessTokenForge tokens() {
        return new AccessTokenForge(environment, clock);
    }

    private MvcTestResult get(ApiDesk desk, Caller caller, String uri) {
        // Percent-encoded already where it must be; a URI template would encode it once more.
        return mvc.get()
                .uri(java.net.URI.create(uri))
                .header("Authorization", bearer(desk, caller))
                .exchange();
    }

    private MvcTestResult send(ApiDesk desk, Caller caller, String method, String uri, String json) {
        return mvc.method(HttpMethod.valueOf(method))
                .uri(uri)
                .header("Authorization", bearer(desk, caller))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"0\"")
                .contentType("application/json")
                .content(json.replace('\'', '"'))
                .exchange();
    }

    private String bearer(ApiDesk desk, Caller caller) {
        return "Bearer " + tokens().of(Objects.requireNonNull(caller.of(desk)));
    }

    private void assertRefusedField(ApiDesk desk, Caller caller, String method, String uri, String field, String json) {
        var before = desk.fingerprint();
        var answer = send(desk, caller, method, uri, json);
        assertRefused(answer, 400, "validation-failed");
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
        assertThat(desk.fingerprint()).isEqualTo(before);
    }

    private static void assertRefused(MvcTestResult answer, int status, String slug) {
        assertThat(answer).hasStatus(status).hasContentType("application/problem+json");
        assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("/problems/" + slug);
    }

    static Stream<Arguments> cells() {
        return ApiOperation.all().stream()
                .flatMap(operation -> Stream.of(Caller.values())
                        .map(caller -> Arguments.of(operation, caller, operation.outcomeFor(caller))));
    }

    private static Set<String> operationsInTheTable() {
        return ApiOperation.all().stream().map(ApiOperation::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> operationsInTheDocument() {
        var document = Http.body(mvc.get().uri("/v3/api-docs").exchange());
        var operations = new TreeSet<String>();
        JsonPath.<Map<String, Map<String, Object>>>read(document, "$.paths")
                .forEach((path, methods) -> methods.keySet()
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }
}
