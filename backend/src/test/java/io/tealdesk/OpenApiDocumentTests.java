package io.tealdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.core.type.TypeReference;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The document that the frontend's client is generated from says what the backend does. */
@DeskTest
class OpenApiDocumentTests {

    private static final Path COMMITTED = Path.of("..", "frontend", "openapi.json");
    private static final String REFRESH = "mvn -pl backend test -Dtest=OpenApiDocumentTests -Dopenapi.write=true";

    @Autowired
    MockMvcTester mvc;

    @Autowired
    JsonMapper json;

    @Test
    void theCommittedDocumentIsCurrent() throws Exception {
        var current = served();
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(COMMITTED, current);
        }

        assertThat(current)
                .as("frontend/openapi.json is behind the backend. Refresh it with: %s", REFRESH)
                .isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void everyOperationSaysHowItFails() throws Exception {
        for (var path : json.readTree(served()).path("paths")) {
            for (var operation : path) {
                assertThat(operation
                                .at("/responses/default/content/application~1problem+json/schema/$ref")
                                .asString())
                        .as(operation.path("operationId").asString())
                        .isEqualTo("#/components/schemas/Problem");
            }
        }
    }

    @Test
    void whatIsNotNullableIsRequired() throws Exception {
        var me = json.readTree(served()).at("/components/schemas/MeResponse");

        assertThat(me.path("required").valueStream().map(JsonNode::asString))
                .contains("id", "name", "teams", "version")
                .doesNotContain("organisation");
    }

    /** Without the one thing that depends on where it is served from. */
    private String served() throws IOException {
        var answer = mvc.get().uri("/v3/api-docs").exchange();
        assertThat(answer).hasStatusOk();
        var document = json.readValue(
                answer.getResponse().getContentAsString(), new TypeReference<TreeMap<String, Object>>() {});
        document.remove("servers");
        return sorted().writeValueAsString(document) + "\n";
    }

    private ObjectWriter sorted() {
        var indenter = new DefaultIndenter("  ", "\n");
        return json.writer()
                .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .with(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
    }
}
