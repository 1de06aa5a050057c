package io.tealdesk;

import static io.tealdesk.DeskFixtures.as;
import static io.tealdesk.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import io.tealdesk.files.AttachmentFiles;
import io.tealdesk.identity.Viewer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

/** Input that nobody sends by accident: each is refused by its documented problem or kept as the harmless text it is. */
@DeskTest
class HostileInputTests {

    private static final String ASK = "/api/v1/portal/tickets";

    /** The whole of what a message may be made of; anything else in angle brackets fails. */
    private static final Pattern ALLOWED_TAG =
            Pattern.compile("</?(p|br|strong|em|del|blockquote|ul|li|code|pre|hr|h[1-6]|table|thead|tbody|tr) ?/?>"
                    + "|</?ol( start=\"[0-9]{1,9}\")?>|</?t[hd]( align=\"(left|center|right)\")?>"
                    + "|</a>|<a href=\"(https?:|mailto:|tel:)[^\"<>]*\"( target=\"_blank\")? rel=\"[a-z ]+\">");

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures fixtures;

    @Autowired
    AttachmentFiles files;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MutableClock clock;

    @Autowired
    Environment environment;

    private ApiDesk desk;
    private String untouched;

    @BeforeEach
    void aDesk() {
        desk = new ApiDesk(fixtures, files, jdbc, clock, true);
        untouched = desk.fingerprint();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "42",
                "\"text\"",
                "{\"subject\":\"S\",\"body\":\"B\",\"attachmentIds\":[]",
                "{\"subject\":\"S\",\"body\":\"B\",\"attachmentIds\":[]} {}",
                "{\"subject\":\"S\",\"body\":\"B\",\"attachmentIds\":[],}",
                "{'subject':'S','body':'B','attachmentIds':[]}",
                "{\"subject\":\"S\",\"body\":\"B\",\"attachmentIds\":[]/* */}",
                "{\"subject\":NaN,\"body\":\"B\",\"attachmentIds\":[]}",
                "{\"subject\":\"line\nbreak\",\"body\":\"B\",\"attachmentIds\":[]}",
                "{\"subject\":\"S\",\"body\":\"B\",\"attachmentIds\":[],\"extra\":1}",
                "{\"subject\":\"S\",\"body\":\"B\",\"attachmentIds\":[],\"\\u0000\":1}",
                "{\"subject\":\"S\",\"body\":\"B\",\"attachmentIds\":[],\"__proto__\":{}}",
                "{\"subject\":\"S\",\"subject\":\"T\",\"body\":\"B\",\"attachmentIds\":[]}",
                "<ticket><subject>S</subject></ticket>"
            })
    void refusesMalformedJson(String json) {
        assertProblem(post(desk.owner, ASK, json), 400, "malformed-json");
        assertNothingChanged();
    }

    @Test
    void refusesJsonOfAThousandLevels() {
        var deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertProblem(post(desk.owner, ASK, deep), 400, "malformed-json");
        assertProblem(post(desk.owner, ASK, "{\"extra\":" + deep + "}"), 400, "malformed-json");
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'subject':123",
                "'subject':1.5",
                "'subject':true",
                "'subject':{}",
                "'subject':[]",
                "'subject':['S']",
                "'subject':null",
                "'subject':''",
                "'subject':'   '",
                "'body':7",
                "'body':null",
                "'attachmentIds':null",
                "'attachmentIds':'x'",
                "'attachmentIds':{}",
                "'attachmentIds':[1]",
                "'attachmentIds':[null]",
                "'attachmentIds':['x']",
                "'attachmentIds':['']",
                "'attachmentIds':['../../etc/passwd']",
                "'requesterId':''",
                "'requesterId':'1'",
                "'priority':'URGENT'",
                "'priority':'high'",
                "'priority':''",
                "'priority':3",
                "'priority':{}",
                "'tags':'x'",
                "'tags':[null]",
                "'tags':['']",
                "'tags':['<script>']",
                "'tags':['a,b']",
                "'tags':[1]",
                "'dueAt':'yesterday'",
                "'dueAt':'2026-13-01T00:00:00Z'",
                "'dueAt':'2026-01-01'",
                "'dueAt':''",
                "'dueAt':12",
                "'dueAt':-1",
                "'dueAt':1e999999999",
                "'dueAt':99999999999999999999999999",
                "'dueAt':'1969-12-31T00:00:00Z'",
                "'dueAt':'2101-01-01T00:00:00Z'",
                "'dueAt':'+1000000000-12-31T23:59:59.999999999Z'",
                "'dueAt':'-1000000000-01-01T00:00:00Z'"
            })
    void refusesWrongTypesAndValues(String member) {
        var good = List.of(
                "'subject':'S'", "'body':'B'", "'attachmentIds':[]", "'requesterId':'" + desk.owner.personId() + "'");
        var name = member.substring(0, member.indexOf(':') + 1);
        var json = Stream.concat(good.stream().filter(other -> !other.startsWith(name)), Stream.of(member))
                .toList();

        assertProblem(
                post(desk.agent, "/api/v1/tickets", quoted("{" + String.join(",", json) + "}")),
                400,
                "malformed-json",
                "validation-failed");
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "'5'", "'x'", "1e400", "99999999999999999999", "true", "{}", "null"})
    void refusesAStrangeLastSeenMessage(String lastSeen) {
        var json = quoted("{'body':'B','attachmentIds':[],'lastSeenMessageId':" + lastSeen + "}");

        assertProblem(
                post(desk.agent, "/api/v1/tickets/" + desk.ticket + "/replies", json),
                400,
                "malformed-json",
                "validation-failed");
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'yes'", "'true'", "1", "null", "[]"})
    void refusesAStrangeYesOrNo(String sharesTickets) {
        assertProblem(
                post(
                        desk.administrator,
                        "/api/v1/organisations",
                        quoted("{'name':'Renette','sharesTickets':" + sharesTickets + "}")),
                400,
                "malformed-json",
                "validation-failed");
        assertNothingChanged();
    }

    @Test
    void refusesTextsBeyondTheirSize() {
        assertProblem(ask("x".repeat(1024 * 1024), "B"), 413, "body-too-large");
        assertProblem(ask("x".repeat(256), "B"), 400, "validation-failed");
        assertProblem(ask("x".repeat(300_000), "B"), 400, "validation-failed");
        assertProblem(ask("S", "x".repeat(50_001)), 400, "validation-failed");
        assertNothingChanged();
    }

    @Test
    void refusesAThousandTagsAndAttachments() {
        var tags = Stream.iterate(1, i -> i + 1)
                .limit(1000)
                .map(i -> "'t" + i + "'")
                .toList();
        var ids =
                Stream.generate(() -> "'" + UUID.randomUUID() + "'").limit(1000).toList();

        assertProblem(
                send(desk.agent, "PUT", "/api/v1/tickets/" + desk.ticket + "/tags", "{\"tags\":" + quoted(tags + "}")),
                400,
                "validation-failed");
        assertProblem(
                post(desk.owner, ASK, quoted("{'subject':'S','body':'B','attachmentIds':" + ids + "}")),
                400,
                "validation-failed");
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\ud800", "\\udc00\\ud800", "a\\udfff", "\\ud83d\\u0041"})
    void refusesTextThatCannotBeStored(String text) {
        for (var json : List.of(
                "{'subject':'%s','body':'B','attachmentIds':[]}", "{'subject':'S','body':'%s','attachmentIds':[]}")) {
            assertProblem(post(desk.owner, ASK, quoted(json.formatted(text))), 400, "malformed-text", "malformed-json");
        }
        for (var change : List.of("subject", "tags")) {
            var value = change.equals("tags") ? "['" + text + "']" : "'" + text + "'";
            assertProblem(
                    send(
                            desk.agent,
                            "PUT",
                            "/api/v1/tickets/" + desk.ticket + "/" + change,
                            quoted("{'" + change + "':" + value + "}")),
                    400,
                    "malformed-text",
                    "malformed-json");
        }
        assertProblem(
                post(null, "/api/v1/sessions", quoted("{'email':'" + text + "','password':'" + text + "'}")),
                400,
                "malformed-text",
                "malformed-json");
        assertNothingChanged();
    }

    /** Half a surrogate pair in UTF-8, an overlong NUL, a byte that no UTF-8 has, and a text cut in two. */
    @ParameterizedTest
    @ValueSource(strings = {"EDA080", "C080", "FF", "F09F98"})
    void refusesBytesThatAreNoUtf8(String hex) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("{\"subject\":\"".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(HexFormat.of().parseHex(hex));
        bytes.writeBytes("\",\"body\":\"B\",\"attachmentIds\":[]}".getBytes(StandardCharsets.UTF_8));

        assertProblem(
                mvc.post()
                        .uri(ASK)
                        .with(as(desk.owner))
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(bytes.toByteArray())
                        .exchange(),
                400,
                "malformed-text",
                "malformed-json");
        assertNothingChanged();
    }

    /** A name that looks empty is nobody to talk to. */
    @ParameterizedTest
    @ValueSource(strings = {"\u2003\u2003", "\u00a0", "\u200b", "\u3000", "\u2028", "\u00ad\u200d"})
    void refusesNamesWithoutAVisibleCharacter(String blank) {
        assertEachNameRefused(blank);
    }

    @Test
    void keepsNamesOnOneLine() {
        var named =
                send(desk.owner, "PUT", "/api/v1/me", json("name", "a\r\nBcc: eve\u2028\u001fb\u0085", "locale", "en"));

        assertThat(named).hasStatusOk().bodyJson().extractingPath("$.name").isEqualTo("a Bcc: eve b");
    }

    private void assertEachNameRefused(String text) {
        var name = "'name':'" + text + "'";
        assertInvalid(send(desk.owner, "PUT", "/api/v1/me", quoted("{" + name + ",'locale':'en'}")));
        assertInvalid(post(desk.agent, "/api/v1/people", quoted("{" + name + ",'email':'i@example.org'}")));
        assertInvalid(send(
                desk.administrator,
                "PUT",
                "/api/v1/people/" + desk.owner.personId(),
                quoted("{" + name + ",'locale':'en'}")));
        assertInvalid(post(
                desk.administrator,
                "/api/v1/invitations",
                quoted("{" + name + ",'email':'i@example.org','role':'AGENT','teamIds':[]}")));
        assertInvalid(post(desk.administrator, "/api/v1/teams", quoted("{" + name + ",'description':''}")));
        assertInvalid(send(
                desk.administrator, "PUT", "/api/v1/teams/" + desk.team, quoted("{" + name + ",'description':''}")));
        assertInvalid(
                post(desk.administrator, "/api/v1/organisations", quoted("{" + name + ",'sharesTickets':false}")));
        assertInvalid(send(
                desk.administrator,
                "PUT",
                "/api/v1/organisations/" + desk.owner.organisationId(),
                quoted("{" + name + ",'sharesTickets':false}")));
        assertInvalid(post(
                null,
                "/api/v1/registrations",
                quoted("{" + name + ",'email':'i@example.org','password':'rhubarb and custard','locale':'en'}")));
        assertNothingChanged();
    }

    private void assertInvalid(MvcTestResult answer) {
        assertProblem(answer, 400, "validation-failed");
        assertThat(JsonPath.<String>read(Http.body(answer), "$.errors[0].field"))
                .isEqualTo("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👩🏽‍🔧 wheel 🚲",
                "שלום עולם",
                "مرحبا بالعالم",
                "\u202eevil\u202c",
                "e\u0301 vs é",
                "𝒳 \ud83c\udff4\udb40\udc67\udb40\udc62",
                "'; drop table ticket; --",
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "{{7*7}} ${7*7} #{7*7} %s %n",
                "=cmd|' /C calc'!A0",
                "..\\..\\windows"
            })
    void keepsTextExactly(String text) {
        var asked = ask(text, text);
        assertThat(asked).hasStatus(201);
        assertThat(asked.getResponse().getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(asked).hasContentType("application/json");
        var number = JsonPath.<Integer>read(Http.body(asked), "$.number");
        assertThat(JsonPath.<String>read(Http.body(asked), "$.subject")).isEqualTo(text);

        var renamed = send(desk.agent, "PUT", "/api/v1/me", json("name", text, "locale", "en"));
        assertThat(renamed).hasStatusOk();
        assertThat(JsonPath.<String>read(Http.body(renamed), "$.name")).isEqualTo(text);

        var messages = get(desk.administrator, "/api/v1/tickets/" + number + "/messages");
        assertThat(JsonPath.<String>read(Http.body(messages), "$[0].bodyMarkdown"))
                .isEqualTo(text);
        assertThat(get(desk.administrator, "/api/v1/tickets?text={text}", text)).hasStatusOk();
        assertThat(get(desk.administrator, "/api/v1/people?text={text}", text)).hasStatusOk();
        assertThat(get(desk.administrator, "/api/v1/tags?startsWith={text}", text))
                .hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "<svg/onload=alert(1)>",
                "<iframe src=\"javascript:alert(1)\"></iframe>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](java\tscript:alert(1))",
                "[x](&#106;avascript:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "[x](vbscript:msgbox(1))",
                "[x](file:///etc/passwd)",
                "[x](//evil.example)",
                "[x](https://ok.example \"onmouseover=alert(1)\")",
                "[x](<https://ok.example\" onclick=\"alert(1)>)",
                "[x]: javascript:alert(1)\n\n[x]",
                "![x](https://tracker.example/x.gif)",
                "![x](javascript:alert(1))",
                "<javascript:alert(1)>",
                "https://ok.example/\"onmouseover=\"alert(1)",
                "```<script>\nalert(1)\n```",
                "```\" onload=\"alert(1)\nx\n```",
                "|a|b|\n|-|-|\n|<script>|x|",
                "<style>*{display:none}</style>",
                "<!-- --><b onclick=alert(1)>x</b>",
                "<![CDATA[<script>alert(1)</script>]]>",
                "<p style=\"position:fixed\">x</p>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
                "<form action=//evil.example><input name=password>",
                "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>"
            })
    void rendersMessagesInert(String body) {
        var asked = ask("S", body);
        assertThat(asked).hasStatus(201);
        assertInert(JsonPath.read(Http.body(asked), "$.messages[0].bodyHtml"));
        var number = JsonPath.<Integer>read(Http.body(asked), "$.number");

        var noted = post(
                desk.administrator,
                "/api/v1/tickets/" + number + "/notes",
                "{\"body\":" + quotedJson(body) + ",\"attachmentIds\":[]}");
        assertThat(noted).hasStatus(201);
        assertInert(JsonPath.read(Http.body(noted), "$.bodyHtml"));
    }

    /** Each would take a careless renderer minutes, or its whole stack. */
    @ParameterizedTest
    @MethodSource("exhaustingBodies")
    void rendersExhaustingMessagesInTime(String body) {
        var start = System.nanoTime();

        assertThat(ask("S", body)).hasStatus(201);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    static Stream<String> exhaustingBodies() {
        return Stream.of(
                "*".repeat(24_000) + "x" + "*".repeat(24_000),
                "*a **b ".repeat(6_000) + "c** d* ".repeat(1_000),
                "[".repeat(50_000),
                "[a](".repeat(12_000),
                "![".repeat(20_000) + "x" + "](y)".repeat(2_000),
                "[".repeat(9_000) + "x" + "](y)".repeat(9_000),
                "`".repeat(25_000) + "x" + "`".repeat(24_000),
                "> ".repeat(20_000) + "x",
                "- ".repeat(20_000) + "x",
                "1. ".repeat(15_000) + "x",
                "<".repeat(50_000),
                "&".repeat(50_000),
                "~~a".repeat(15_000),
                "_a__b_".repeat(8_000),
                "|".repeat(25_000) + "\n" + "|-".repeat(12_000),
                "https://a.".repeat(5_000),
                "a@".repeat(24_000),
                "\n".repeat(50_000 - 1) + "x",
                "[a]: b\n".repeat(7_000));
    }

    private static void assertInert(String html) {
        var rest = ALLOWED_TAG.matcher(html).replaceAll("");
        assertThat(rest).as(html).doesNotContain("<", ">");
        assertThat(html.toLowerCase(Locale.ROOT)).doesNotContainPattern("href=\"\\s*(javascript|data|vbscript|file):");
    }

    @Test
    void refusesSubjectsWithoutAVisibleCharacter() {
        for (var blank : List.of("\u00a0", "\u200b", "\u3000\u2003", "\u2028", "\u00ad\u200d", "\u0085")) {
            assertProblem(ask(blank, "B"), 400, "validation-failed");
            assertProblem(
                    send(desk.agent, "PUT", "/api/v1/tickets/" + desk.ticket + "/subject", json("subject", blank)),
                    400,
                    "validation-failed");
        }
        assertNothingChanged();
    }

    @Test
    void keepsLineBreaksOfASubjectOutOfTheHeadersOfMails() {
        assertThat(ask("a\r\nBcc: eve@example.org\u2028\u0085X-Evil: 1", "\r\nBcc: eve@example.org\r\n\r\nx"))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.subject")
                .isEqualTo("a Bcc: eve@example.org X-Evil: 1");

        var mails = jdbc.sql("select subject || recipient || recipient_name || headers::text from outbox_mail")
                .query(String.class)
                .list();
        assertThat(mails)
                .hasSize(1)
                .allSatisfy(mail -> assertThat(mail).doesNotContainPattern("[\\p{Cntrl}\u0085\u2028]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void refusesTokensThatWereNotIssuedHere(String name, TokenMaker maker) {
        var token = maker.of(new AccessTokenForge(environment, clock), desk.administrator);

        var answer = mvc.get()
                .uri("/api/v1/people")
                .header("Authorization", "Bearer " + token)
                .exchange();

        assertProblem(answer, 401, "access-token-invalid");
        assertThat(answer.getResponse().getHeader("WWW-Authenticate")).startsWith("Bearer");
    }

    interface TokenMaker {
        String of(AccessTokenForge forge, Viewer viewer);
    }

    static Stream<Arguments> badTokens() {
        return Stream.of(
                bad(
                        "expired",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .expiration(Date.from(Instant.EPOCH))
                                .signWith(forge.key(), Jwts.SIG.HS256)
                                .compact()),
                bad(
                        "of another key",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .signWith(Jwts.SIG.HS256.key().build(), Jwts.SIG.HS256)
                                .compact()),
                bad("tampered with", (forge, viewer) -> {
                    var parts = forge.of(viewer).split("\\.", -1);
                    var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                            .replaceFirst("\"exp\":[0-9]+", "\"exp\":9999999999");
                    return parts[0] + '.' + base64(payload) + '.' + parts[2];
                }),
                bad("unsigned", (forge, viewer) -> forge.unsigned(viewer).compact()),
                bad(
                        "unsigned with our kid",
                        (forge, viewer) -> base64("{\"alg\":\"none\",\"kid\":\"test\"}")
                                + '.'
                                + forge.of(viewer).split("\\.", -1)[1]
                                + '.'),
                bad(
                        "unsigned in capitals",
                        (forge, viewer) -> base64("{\"alg\":\"NONE\",\"kid\":\"test\"}")
                                + '.'
                                + forge.of(viewer).split("\\.", -1)[1]
                                + ".AAAA"),
                bad("without its signature", (forge, viewer) -> {
                    var token = forge.of(viewer);
                    return token.substring(0, token.lastIndexOf('.') + 1);
                }),
                bad(
                        "of another kid",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .header()
                                .keyId("another")
                                .and()
                                .signWith(forge.key(), Jwts.SIG.HS256)
                                .compact()),
                bad(
                        "of a kid that is a path",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .header()
                                .keyId("../../../dev/null")
                                .and()
                                .signWith(Keys.hmacShaKeyFor(new byte[32]), Jwts.SIG.HS256)
                                .compact()),
                bad(
                        "of a kid that is a number",
                        (forge, viewer) -> base64("{\"alg\":\"HS256\",\"kid\":7}")
                                + forge.of(viewer).substring(forge.of(viewer).indexOf('.'))),
                bad(
                        "signed with RS256",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .signWith(Jwts.SIG.RS256.keyPair().build().getPrivate(), Jwts.SIG.RS256)
                                .compact()),
                bad(
                        "saying RS256 over our own signature",
                        (forge, viewer) -> base64("{\"alg\":\"RS256\",\"kid\":\"test\"}")
                                + forge.of(viewer).substring(forge.of(viewer).indexOf('.'))),
                bad(
                        "with a key of its own",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .header()
                                .add("jku", "https://evil.example/keys")
                                .and()
                                .signWith(
                                        Keys.hmacShaKeyFor("0".repeat(32).getBytes(StandardCharsets.UTF_8)),
                                        Jwts.SIG.HS256)
                                .compact()),
                bad(
                        "of another issuer",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .issuer("someone")
                                .signWith(forge.key(), Jwts.SIG.HS256)
                                .compact()),
                bad(
                        "not yet valid",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .notBefore(Date.from(Instant.parse("2100-01-01T00:00:00Z")))
                                .signWith(forge.key(), Jwts.SIG.HS256)
                                .compact()),
                bad(
                        "without a session",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .claim("sid", null)
                                .signWith(forge.key(), Jwts.SIG.HS256)
                                .compact()),
                bad(
                        "of a session that is no id",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .claim("sid", "' or 1=1")
                                .signWith(forge.key(), Jwts.SIG.HS256)
                                .compact()),
                bad(
                        "of somebody else's session",
                        (forge, viewer) -> forge.unsigned(viewer)
                                .subject(UUID.randomUUID().toString())
                                .signWith(forge.key(), Jwts.SIG.HS256)
                                .compact()),
                bad("empty", (forge, viewer) -> ""),
                bad("only dots", (forge, viewer) -> ".."),
                bad("of four parts", (forge, viewer) -> forge.of(viewer) + ".x"),
                bad(
                        "encrypted",
                        (forge, viewer) ->
                                base64("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"test\"}") + "..AA.AA.AA"),
                bad("of deep JSON", (forge, viewer) -> base64("{\"alg\":" + "[".repeat(4000)) + ".e30.AA"),
                bad("long", (forge, viewer) -> "x".repeat(7000)));
    }

    private static Arguments bad(String name, TokenMaker maker) {
        return Arguments.of(name, maker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWRhOmFkYQ==", "Bearer", "Digest x", "", "Token x"})
    void refusesOtherAuthorizations(String authorization) {
        assertProblem(
                mvc.get()
                        .uri("/api/v1/me")
                        .header("Authorization", authorization)
                        .exchange(),
                401,
                "access-token-invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/tickets",
                "/api/v1/tickets?order=NEWEST",
                "/api/v1/tickets?order=PRIORITY",
                "/api/v1/tickets?order=DUE",
                "/api/v1/people",
                "/api/v1/organisations"
            })
    void refusesStrangeCursors(String list) {
        var order = switch (list) {
            case "/api/v1/people" -> "person-name";
            case "/api/v1/organisations" -> "organisation-name";
            case "/api/v1/tickets" -> "UPDATED";
            default -> list.substring(list.indexOf('=') + 1);
        };
        for (var cursor : strangeCursors(order)) {
            assertProblem(
                    get(desk.administrator, list + (list.contains("?") ? "&" : "?") + "cursor={cursor}", cursor),
                    400,
                    "bad-cursor");
        }
    }

    @Test
    void refusesStrangeCursorsOfThePortal() {
        for (var cursor : strangeCursors("portal-updatedMINEOPEN")) {
            assertProblem(get(desk.owner, ASK + "?cursor={cursor}", cursor), 400, "bad-cursor");
        }
    }

    /** The last ones have the right form: only their values are beyond what any list holds. */
    private static List<String> strangeCursors(String order) {
        return Stream.concat(
                        Stream.of("", "x", "%%%", "\u00e4", "a".repeat(2000), "AAAA", "null"),
                        Stream.of(
                                        "",
                                        order,
                                        order + "\u001f",
                                        order + "\u001fx",
                                        order + "\u001fx\u001fx\u001fx",
                                        order + "\u001fx\u001fx",
                                        order + "\u001f\0\u001f1",
                                        "NEWER\u001f2026-01-01T00:00:00Z\u001f1",
                                        "portal-updatedMINEDONE\u001f2026-01-01T00:00:00Z\u001f1",
                                        order + "\u001f2026-01-01T00:00:00Z\u001f99999999999999999999",
                                        order + "\u001f+1000000000-12-31T23:59:59.999999999Z\u001f1",
                                        order + "\u001f-1000000000-01-01T00:00:00Z\u001f1",
                                        order + "\u001f+294277-01-01T00:00:00Z\u001f1",
                                        order + "\u001f-4713-01-01T00:00:00Z\u001f1",
                                        order + "\u001f+999999999-12-31T23:59:59.999999999Z\u001f1")
                                .map(HostileInputTests::base64))
                .toList();
    }

    @Test
    void pagesOnBehindLongNames() {
        for (int i = 0; i < 3; i++) {
            jdbc.sql("update person set name = :name where id = :id")
                    .param("name", "\u5927".repeat(119) + i)
                    .param(
                            "id",
                            List.of(desk.owner, desk.colleague, desk.stranger)
                                    .get(i)
                                    .personId())
                    .update();
        }

        var first = get(desk.administrator, "/api/v1/people?role=CUSTOMER&limit=1");
        var cursor = JsonPath.<String>read(Http.body(first), "$.nextCursor");

        assertThat(get(desk.administrator, "/api/v1/people?role=CUSTOMER&limit=1&cursor={cursor}", cursor))
                .hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/tickets?limit=0",
                "/api/v1/tickets?limit=-1",
                "/api/v1/tickets?limit=101",
                "/api/v1/tickets?limit=99999999999",
                "/api/v1/tickets?limit=ten",
                "/api/v1/tickets?order=SUBJECT",
                "/api/v1/tickets?order=updated",
                "/api/v1/tickets?status=DONE",
                "/api/v1/tickets?status=OPEN,DONE",
                "/api/v1/tickets?lane=MIDDLE",
                "/api/v1/tickets?priority=0",
                "/api/v1/tickets?team=x",
                "/api/v1/tickets?assignee=x",
                "/api/v1/tickets?assignee=' or 1=1",
                "/api/v1/tickets?requester=1",
                "/api/v1/tickets?organisation=../x",
                "/api/v1/tickets?overdue=maybe",
                "/api/v1/tickets?createdAfter=yesterday",
                "/api/v1/tickets?createdAfter=-1",
                "/api/v1/tickets?createdAfter=-1000000000-01-01T00:00:00Z",
                "/api/v1/tickets?createdBefore=1969-12-31T23:59:59Z",
                "/api/v1/tickets?updatedBefore=9999-01-01T00:00:00Z",
                "/api/v1/tickets/x",
                "/api/v1/tickets/1.5",
                "/api/v1/tickets/1e3",
                "/api/v1/tickets/99999999999999999999",
                "/api/v1/tickets/10001/messages?after=-1",
                "/api/v1/tickets/10001/messages?after=99999999999999999999",
                "/api/v1/people?role=KING",
                "/api/v1/people?staff=maybe",
                "/api/v1/people?deactivated=2",
                "/api/v1/people/x",
                "/api/v1/organisations/1",
                "/api/v1/attachments/x",
                "/api/v1/portal/tickets/x"
            })
    void refusesStrangeParameters(String uri) {
        var viewer = uri.contains("portal") ? desk.owner : desk.administrator;

        assertProblem(get(viewer, uri), 400, "validation-failed", "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/tickets/0",
                "/api/v1/tickets/-1",
                "/api/v1/tickets/9223372036854775807",
                "/api/v1/tickets/-9223372036854775808/messages",
                "/api/v1/people/00000000-0000-0000-0000-000000000000",
                "/api/v1/attachments/ffffffff-ffff-ffff-ffff-ffffffffffff",
                "/api/v1/nothing",
                "/api/v2/tickets",
                "/api"
            })
    void findsNothingThere(String uri) {
        assertProblem(get(desk.administrator, uri), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"x\"", "*", "\"\"", "\"", "\"-1\"", "\"99999999999999999999\"", "\"0\", \"1\""})
    void refusesStrangeVersions(String ifMatch) {
        assertProblem(
                mvc.put()
                        .uri("/api/v1/tickets/{number}/closure", desk.ticket)
                        .with(as(desk.agent))
                        .header("If-Match", ifMatch)
                        .exchange(),
                412,
                "stale-version");
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "with space in it", "ünïcödeüü"})
    void refusesStrangeIdempotencyKeys(String key) {
        assertProblem(
                mvc.post()
                        .uri(ASK)
                        .with(as(desk.owner))
                        .header("Idempotency-Key", key)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(quoted("{'subject':'S','body':'B','attachmentIds':[]}"))
                        .exchange(),
                400,
                "idempotency-key-required");
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data;boundary=x",
                "application/json;charset=bogus",
                "nonsense",
                "a/b/c"
            })
    void refusesOtherMediaTypes(String type) {
        assertProblem(
                mvc.post()
                        .uri(ASK)
                        .with(as(desk.owner))
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .header("Content-Type", type)
                        .content(quoted("{'subject':'S','body':'B','attachmentIds':[]}"))
                        .exchange(),
                415,
                "unsupported-media-type");
        assertNothingChanged();
    }

    @Test
    void answersOnlyInJson() {
        assertProblem(
                mvc.get()
                        .uri("/api/v1/me")
                        .with(as(desk.owner))
                        .header("Accept", "text/html")
                        .exchange(),
                406,
                "not-acceptable");
        assertProblem(
                mvc.get()
                        .uri("/api/v1/me")
                        .with(as(desk.owner))
                        .header("Accept", "nonsense")
                        .exchange(),
                406,
                "not-acceptable");
        assertProblem(send(desk.owner, "PATCH", "/api/v1/me", "{}"), 405, "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "picture.svg|<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
                "page.html|<!doctype html><script>alert(1)</script>",
                "page.xhtml|<html xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></html>",
                "picture.png|<html><script>alert(1)</script></html>",
                "notes.txt|<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
                "data.xml|<?xml version=\"1.0\"?><?xml-stylesheet href=\"x.xsl\"?><a/>",
                "code.js|alert(1)",
                "code.mjs|alert(1)",
                "page.mht|From: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>",
                "x.hta|<script>alert(1)</script>",
                "x.swf|FWS\u0001",
                "x.htm|hello",
                "x.svgz|hello",
                "x.xsl|<xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"/>"
            })
    void givesActiveFilesOutAsBytes(String nameAndContent) {
        var name = nameAndContent.substring(0, nameAndContent.indexOf('|'));
        var content = nameAndContent.substring(nameAndContent.indexOf('|') + 1);
        var id = JsonPath.<String>read(Http.body(upload(name, content)), "$.id");

        var answer = get(desk.owner, "/api/v1/attachments/" + id);

        assertThat(answer).hasStatusOk();
        var response = answer.getResponse();
        assertThat(response.getHeader("Content-Disposition")).startsWith("attachment;");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeaders("Content-Security-Policy")).containsExactly("sandbox; default-src 'none'");
        // What bytes and name leave open is plain text, which a browser shows as such.
        assertThat(response.getContentType()).isIn("application/octet-stream", "text/plain");
        if (name.matches(".*\\.(svg|html|xhtml|htm|js|mjs|xsl|xml|mht)")) {
            assertThat(response.getContentType()).isEqualTo("application/octet-stream");
        }
        assertThat(response.getContentAsByteArray()).isEqualTo(content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "..\\..\\windows\\system.ini",
                "/etc/passwd",
                "C:\\boot.ini",
                "a\r\nContent-Type: text/html",
                "a\u202egpj.exe",
                "a\u0007b.txt",
                "\"quoted\";filename=x.html",
                "名前 é 🚲.txt",
                "..",
                ".htaccess",
                "...",
                "\uff0e\uff0e\uff0fetc",
                "a\u200b.txt",
                "CON"
            })
    void makesFileNamesHarmless(String fileName) {
        var uploaded = upload(fileName, "x");
        assertThat(uploaded).hasStatus(201);
        var name = JsonPath.<String>read(Http.body(uploaded), "$.fileName");
        assertThat(name)
                .isNotBlank()
                .doesNotContainPattern("[/\\\\\\p{Cntrl}\\p{Cf}\"<>:|?*]")
                .doesNotStartWith(".");

        var answer = get(desk.owner, "/api/v1/attachments/" + JsonPath.<String>read(Http.body(uploaded), "$.id"));
        assertThat(answer.getResponse().getHeader("Content-Disposition"))
                .matches("attachment; filename=\"[\\x20-\\x7e]*\"; filename\\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+");
    }

    @Test
    void shortensLongFileNames() {
        for (var name : List.of(
                "x".repeat(300) + ".pdf", "\ud83d\udeb2".repeat(300), "\ufdfa".repeat(300), ".".repeat(300) + "x")) {
            var uploaded = upload(name, "x");
            assertThat(uploaded).hasStatus(201);
            assertThat(JsonPath.<String>read(Http.body(uploaded), "$.fileName")
                            .codePoints()
                            .count())
                    .isBetween(1L, 255L);
        }
        assertProblem(upload("x".repeat(1001), "x"), 400, "validation-failed");
        assertProblem(upload("", "x"), 400, "validation-failed");
        assertProblem(upload(" ", "x"), 400, "validation-failed");
    }

    @Test
    void refusesAnEmptyFile() {
        assertProblem(upload("empty.txt", ""), 400, "attachment-empty");
        assertNothingChanged();
    }

    private void assertNothingChanged() {
        assertThat(desk.fingerprint()).isEqualTo(untouched);
    }

    private MvcTestResult ask(String subject, String body) {
        return post(
                desk.owner,
                ASK,
                "{\"subject\":" + quotedJson(subject) + ",\"body\":" + quotedJson(body) + ",\"attachmentIds\":[]}");
    }

    private MvcTestResult post(@Nullable Viewer viewer, String uri, String json) {
        var request = mvc.post()
                .uri(uri)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .content(json);
        return (viewer == null ? request : request.with(as(viewer))).exchange();
    }

    private MvcTestResult send(Viewer viewer, String method, String uri, String json) {
        return mvc.method(HttpMethod.valueOf(method))
                .uri(uri)
                .with(as(viewer))
                .header("If-Match", "\"0\"")
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .exchange();
    }

    private MvcTestResult get(Viewer viewer, String uri, Object... variables) {
        return mvc.get().uri(uri, variables).with(as(viewer)).exchange();
    }

    private MvcTestResult upload(String fileName, String content) {
        return new Http(mvc).upload(desk.owner, fileName, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Single quotes are easier to read in here. */
    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static String json(String... namesAndValues) {
        var members = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.append(i == 0 ? "" : ",")
                    .append(quotedJson(namesAndValues[i]))
                    .append(':')
                    .append(quotedJson(namesAndValues[i + 1]));
        }
        return "{" + members + "}";
    }

    private static String quotedJson(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
