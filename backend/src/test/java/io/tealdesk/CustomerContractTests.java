package io.tealdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.ApiOperation.Caller;
import io.tealdesk.files.AttachmentFiles;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What staff know of a ticket never reaches a customer. A new endpoint is covered at once: the authorisation matrix
 * wants a line for it, and every line is asked here in a customer's name. A new member of what staff get is internal
 * unless it is listed here as meant for everybody.
 */
@DeskTest
class CustomerContractTests {

    private static volatile @Nullable JsonNode document;

    /** Members of staff's answers that mean nothing internal, wherever they stand. */
    private static final Set<String> FOR_EVERYBODY = Set.of(
            "id",
            "name",
            "number",
            "subject",
            "status",
            "createdAt",
            "updatedAt",
            "bodyHtml",
            "signatureHtml",
            "attachments",
            "fileName",
            "mediaType",
            "sizeBytes",
            "mergedInto",
            "fromTicket",
            "items",
            "nextCursor",
            "previousCursor");

    /** What people may know of themselves in addition. */
    private static final Set<String> ABOUT_ONESELF = Set.of(
            "email",
            "role",
            "locale",
            "organisation",
            "sharesTickets",
            "teams",
            "version",
            "keyboard",
            "singleKeys",
            "keys",
            "command",
            "writing",
            "undoSeconds",
            "takesOnReply",
            "afterDone");

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
    Environment environment;

    @Autowired
    JsonMapper json;

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("whateverCustomersTry")
    void tellsACustomerNothingInternal(ApiOperation operation, Caller caller) {
        var desk = new ApiDesk(fixtures, files, jdbc, clock, true);
        var internalFile = desk.internalAttachment();
        desk.draft(desk.agent);
        desk.scheduledReply(desk.agent, "WAITING");
        var answer = mvc.perform(operation.request(desk, caller, tokens()));

        assertThat(internalValues(desk, caller, internalFile))
                .as(operation.toString())
                .allSatisfy(value -> assertThat(valuesIn(answer)).doesNotContainIgnoringCase(value));
        if (isAboutTickets(operation)) {
            assertThat(answer.getResponse().getHeader("ETag")).isNull();
        }
        assertThat(namesIn(body(answer))).doesNotContainAnyElementsOf(internalMembers(operation));
    }

    static Stream<Arguments> whateverCustomersTry() {
        return ApiOperation.all().stream()
                .flatMap(operation -> Stream.of(Caller.OWNER, Caller.COLLEAGUE_IN_A_SHARING_ORGANISATION)
                        .map(caller -> Arguments.of(operation, caller)));
    }

    @Test
    void promisesACustomerNothingInternal() {
        var operations = ApiOperation.all().stream()
                .filter(CustomerContractTests::isForCustomers)
                .toList();

        assertThat(operations)
                .anySatisfy(operation -> assertThat(membersOfAnswers(operation)).contains("isYours", "bodyHtml"));
        assertThat(operations)
                .allSatisfy(operation -> assertThat(membersOfAnswers(operation))
                        .as(operation.toString())
                        .doesNotContainAnyElementsOf(internalMembers(operation)));
    }

    @Test
    void knowsWhatIsInternal() {
        assertThat(internalMembers())
                .contains(
                        "priority",
                        "assignee",
                        "team",
                        "tags",
                        "dueAt",
                        "lane",
                        "snooze",
                        "snoozedBy",
                        "kind",
                        "bodyMarkdown",
                        "allowedStatuses",
                        "author",
                        "actor",
                        "email",
                        "version",
                        "firstRepliedAt",
                        "resolvedAt",
                        "actions",
                        "mayChange",
                        "sendAt",
                        "content");
    }

    @Test
    void newerMessagesOfAStaleReplyHoldNoNote() {
        var desk = new ApiDesk(fixtures, files, jdbc, clock, true);
        var internalFile = desk.internalAttachment();

        var refused = replyOfTheOwner(desk, desk.firstMessage);

        assertThat(refused)
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.newerMessages")
                .asArray()
                .hasSize(1);
        assertThat(internalValues(desk, Caller.OWNER, internalFile))
                .allSatisfy(value -> assertThat(valuesIn(refused)).doesNotContainIgnoringCase(value));
        assertThat(namesIn(body(refused))).doesNotContainAnyElementsOf(internalMembers());
    }

    /** Otherwise a refusal would tell that staff talk among themselves. */
    @Test
    void aNoteDoesNotMakeAReplyStale() {
        var desk = new ApiDesk(fixtures, files, jdbc, clock, true);
        jdbc.sql("delete from message where id = :id")
                .param("id", desk.lastMessage)
                .update();

        assertThat(replyOfTheOwner(desk, desk.firstMessage)).hasStatus(201);
    }

    private MvcTestResult replyOfTheOwner(ApiDesk desk, long lastSeen) {
        return mvc.post()
                .uri("/api/v1/portal/tickets/{number}/replies", desk.ticket)
                .header("Authorization", "Bearer " + tokens().of(desk.owner))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/json")
                .content("{\"body\":\"Here it is.\",\"attachmentIds\":[],\"lastSeenMessageId\":%d}".formatted(lastSeen))
                .exchange();
    }

    private AccessTokenForge tokens() {
        return new AccessTokenForge(environment, clock);
    }

    private List<String> internalValues(ApiDesk desk, Caller caller, UUID internalFile) {
        var viewer = Objects.requireNonNull(caller.of(desk));
        var others = Stream.of(
                        desk.owner, desk.colleague, desk.stranger, desk.agent, desk.otherAgent, desk.administrator)
                .filter(person -> !person.equals(viewer))
                .flatMap(person -> Stream.of(person.email(), person.personId().toString()));
        var ofTheTicket = Stream.of(
                ApiDesk.NOTE_TEXT,
                ApiDesk.MACRO_TEXT,
                ApiDesk.INTERNAL_FILE,
                ApiDesk.TAG,
                ApiDesk.FORMER_TAG,
                internalFile.toString(),
                desk.team.toString(),
                desk.otherTeam.toString(),
                fixtures.theDefaultTeam().toString(),
                "Workshop",
                "Warehouse",
                "CRITICAL",
                "INTERNAL_NOTE",
                "SNOOZE",
                "WAITING_ON");
        return Stream.concat(others, ofTheTicket).toList();
    }

    /** Without the address, which a problem repeats: that much the customer knew before. */
    private String valuesIn(MvcTestResult answer) {
        var body = Http.body(answer);
        var uri = Objects.requireNonNull(answer.getRequest().getRequestURI());
        return body.replace(uri, "")
                + answer.getResponse().getHeaderNames().stream()
                        .flatMap(name -> answer.getResponse().getHeaders(name).stream())
                        .collect(Collectors.joining("\n", "\n", ""));
    }

    private JsonNode body(MvcTestResult answer) {
        var type = Objects.requireNonNullElse(answer.getResponse().getContentType(), "");
        return type.contains("json") ? json.readTree(Http.body(answer)) : json.createObjectNode();
    }

    private static Set<String> namesIn(JsonNode node) {
        var names = new TreeSet<String>();
        node.properties().forEach(member -> {
            names.add(member.getKey());
            names.addAll(namesIn(member.getValue()));
        });
        if (node.isArray()) {
            node.forEach(element -> names.addAll(namesIn(element)));
        }
        return names;
    }

    private static boolean isForCustomers(ApiOperation operation) {
        return Stream.of(Caller.values()).anyMatch(caller -> caller.isCustomer() && operation.isOpenTo(caller));
    }

    private static boolean isAboutTickets(ApiOperation operation) {
        return !operation.path().equals("/me") && !operation.path().startsWith("/sessions");
    }

    private Set<String> internalMembers(ApiOperation operation) {
        var members = internalMembers();
        if (!isAboutTickets(operation)) {
            members.removeAll(ABOUT_ONESELF);
        }
        // A demo invites everybody to sign in as somebody.
        if (operation.path().equals("/about")) {
            members.removeAll(Set.of("email", "role"));
        }
        return members;
    }

    /** All that only staff can be answered. */
    private Set<String> internalMembers() {
        var members = new TreeSet<String>();
        ApiOperation.all().stream()
                .filter(operation -> !isForCustomers(operation))
                .forEach(operation -> members.addAll(membersOfAnswers(operation)));
        members.removeAll(FOR_EVERYBODY);
        return members;
    }

    private Set<String> membersOfAnswers(ApiOperation operation) {
        var api = document();
        var names = new TreeSet<String>();
        api
                .path("paths")
                .path("/api/v1" + operation.path())
                .path(operation.method().toLowerCase(java.util.Locale.ROOT))
                .path("responses")
                .properties()
                .stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response -> collect(api, response.getValue(), names, new HashSet<>()));
        return names;
    }

    private static void collect(JsonNode api, JsonNode node, Set<String> names, Set<String> seen) {
        for (var member : node.properties()) {
            if (member.getKey().equals("properties")) {
                member.getValue().properties().forEach(property -> names.add(property.getKey()));
            }
            if (member.getKey().equals("$ref") && seen.add(member.getValue().asString())) {
                collect(api, api.at(member.getValue().asString().substring(1)), names, seen);
            }
            collect(api, member.getValue(), names, seen);
        }
        if (node.isArray()) {
            node.forEach(element -> collect(api, element, names, seen));
        }
    }

    private JsonNode document() {
        var known = document;
        if (known == null) {
            known = json.readTree(Http.body(mvc.get().uri("/v3/api-docs").exchange()));
            document = known;
        }
        return known;
    }
}
