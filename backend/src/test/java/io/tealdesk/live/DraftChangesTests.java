package io.tealdesk.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.identity.Viewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@DeskTest
class DraftChangesTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    LiveStreams streams;

    @Autowired
    LiveFeed feed;

    private final List<ListeningClient> clients = new ArrayList<>();
    private Http http;
    private Viewer dana;
    private long number;

    @BeforeEach
    void aTicket() {
        http = new Http(mvc);
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
        number =
                Long.parseLong(Http.text(http.post(desk.aCustomer("Ines"), "/api/v1/portal/tickets", """
                        {"subject":"Trailer squeaks","body":"On every bump.","attachmentIds":[]}"""), "$.number"));
    }

    @AfterEach
    void hangUp() {
        clients.forEach(ListeningClient::close);
    }

    @Test
    void tellsTheAuthorsDevicesAndNobodyElse() {
        var laptop = listening(dana);
        var emil = listening(desk.anAgent("Emil", desk.theDefaultTeam()));
        var ada = listening(desk.anAdministrator("Ada"));

        var saved = save("\"0\"", "She never greases it");
        await().until(() -> !laptop.events("draft").isEmpty());
        http.change(HttpMethod.DELETE, dana, "/api/v1/tickets/" + number + "/drafts/NOTE", saved, "");
        await().until(() -> laptop.events("draft").size() == 2);
        // Whatever the others were told of the draft, this comes after it.
        http.post(dana, "/api/v1/tickets/" + number + "/notes", "{\"body\":\"Done\",\"attachmentIds\":[]}");
        await().until(() ->
                !emil.events("ticket").isEmpty() && !ada.events("ticket").isEmpty());

        var told = laptop.events("draft");
        assertThat(told.getFirst().path("ticket").asLong()).isEqualTo(number);
        assertThat(told.getFirst().path("draft").asString()).isEqualTo("NOTE");
        assertThat('"' + told.getFirst().path("version").asString() + '"').isEqualTo(saved);
        assertThat(told.getLast().has("version")).isFalse();
        assertThat(laptop.text()).doesNotContain("greases");
        assertThat(emil.events("draft")).isEmpty();
        assertThat(ada.events("draft")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dana 7 NOTE 1", "00000000-0000-0000-0000-000000000001 7", "something newer"})
    void leavesAloneWhatItDoesNotKnow(String announcement) {
        assertThat(DraftChange.announced(announcement)).isEmpty();
    }

    private String save(String etag, String text) {
        return Http.etag(http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/" + number + "/drafts/NOTE",
                etag,
                "{\"text\":\"%s\",\"attachmentIds\":[]}".formatted(text)));
    }

    private ListeningClient listening(Viewer viewer) {
        var client = new ListeningClient(streams, feed, viewer, null, Duration.ofMinutes(1));
        clients.add(client);
        return client;
    }
}
