package io.tealdesk.files;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.TestJobs;
import io.tealdesk.identity.Viewer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@DeskTest
class AttachmentFilesTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    FilesProperties properties;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestJobs jobs;

    @Autowired
    MutableClock clock;

    private Http http;
    private Viewer ines;

    @BeforeEach
    void aCustomer() {
        http = new Http(mvc);
        ines = desk.aCustomer("Ines");
    }

    @Test
    void givesBackTheVeryBytes() throws Exception {
        var content = new byte[1_000_000];
        new java.util.Random(7).nextBytes(content);

        var id = text(http.upload(ines, "noise.bin", content), "$.id");

        var download = http.get(ines, "/api/v1/attachments/" + id);
        assertThat(download).hasStatusOk();
        assertThat(download.getResponse().getContentAsByteArray()).isEqualTo(content);
    }

    @Test
    void takesTwentyFiveMegabytesAndNotAByteMore() {
        var max = (int) AttachmentFiles.MAX_SIZE.toBytes();
        var filesBefore = storedFiles();

        assertThat(http.upload(ines, "big.bin", new byte[max])).hasStatus(201);
        assertThat(http.upload(ines, "bigger.bin", new byte[max + 1]))
                .hasStatus(413)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/attachment-too-large");

        assertThat(storedFiles()).isEqualTo(filesBefore + 1);
        assertThat(rows()).isOne();
    }

    @Test
    void countsTheBytesOfAFileThatDoesNotSayHowLongItIs(@Autowired AttachmentFiles files) {
        var filesBefore = storedFiles();
        var content = new ByteArrayInputStream(new byte[(int) AttachmentFiles.MAX_SIZE.toBytes() + 1]);

        assertThatThrownBy(() -> files.store(ines.personId(), "bigger.bin", content))
                .isInstanceOf(AttachmentProblem.class);

        assertThat(storedFiles()).isEqualTo(filesBefore);
        assertThat(rows()).isZero();
    }

    @Test
    void keepsNoBytesWithoutTheirRow(@Autowired AttachmentFiles files) {
        var filesBefore = storedFiles();
        var nobody = UUID.randomUUID();

        assertThatThrownBy(() -> files.store(nobody, "a.txt", new ByteArrayInputStream(new byte[] {1})))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(storedFiles()).isEqualTo(filesBefore);
    }

    @Test
    void letsNoNameLeadAnywhere() {
        for (var name : new String[] {"../../etc/passwd", "..\\..\\passwd", "/etc/passwd", "C:\\passwd"}) {
            var id = text(http.upload(ines, name, new byte[] {1}), "$.id");

            assertThat(http.get(ines, "/api/v1/attachments/" + id))
                    .hasStatusOk()
                    .headers()
                    .hasHeaderSatisfying(
                            "Content-Disposition",
                            values -> assertThat(values.getFirst())
                                    .contains("passwd")
                                    .doesNotContain("..", "/", "\\"));
        }
    }

    @Test
    void tellsAFileByItsBytesNotByItsName() {
        var html = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);

        assertThat(text(http.upload(ines, "cat.png", html), "$.mediaType")).isEqualTo("text/html");
    }

    @Test
    void givesActiveContentOutAsPlainBytes() {
        for (var name : new String[] {"drawing.svg", "page.html", "page.xhtml", "script.js", "feed.xml"}) {
            var content = name.endsWith("svg")
                    ? "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"
                    : "<html><script>alert(1)</script></html>";
            var id = text(http.upload(ines, name, content.getBytes(StandardCharsets.UTF_8)), "$.id");

            assertThat(http.get(ines, "/api/v1/attachments/" + id))
                    .hasStatusOk()
                    .hasHeader("Content-Type", "application/octet-stream")
                    .hasHeader("X-Content-Type-Options", "nosniff")
                    .hasHeader("Content-Security-Policy", "sandbox; default-src 'none'")
                    .headers()
                    .hasHeaderSatisfying(
                            "Content-Disposition",
                            values -> assertThat(values.getFirst()).startsWith("attachment;"));
        }
    }

    @Test
    void refusesAnEmptyFile() {
        assertThat(http.upload(ines, "nothing.txt", new byte[0])).hasStatus(400);
        assertThat(rows()).isZero();
    }

    @Test
    void forgetsWhatWasNeverAttached() {
        var attached = text(http.upload(ines, "kept.txt", "kept".getBytes(StandardCharsets.UTF_8)), "$.id");
        http.upload(ines, "forgotten.txt", "forgotten".getBytes(StandardCharsets.UTF_8));
        http.post(ines, "/api/v1/portal/tickets", """
                {"subject":"Help","body":"See the file","attachmentIds":["%s"]}""".formatted(attached));
        var filesBefore = storedFiles();
        clock.advance(Duration.ofHours(25));

        jobs.runDue();

        assertThat(rows()).isOne();
        assertThat(storedFiles()).isEqualTo(filesBefore - 1);
    }

    @Test
    void forgetsAnyNumberAtOnce() {
        jdbc.sql("""
                        insert into attachment
                            (storage_key, file_name, media_type, size_bytes, sha256, uploaded_by, created_at)
                        select 'forgotten-' || i, 'a.txt', 'text/plain', 1, '', :ines, now() - interval '2 days'
                        from generate_series(1, 1200) i""").param("ines", ines.personId()).update();

        jobs.runDue();

        assertThat(rows()).isZero();
    }

    private long rows() {
        return jdbc.sql("select count(*) from attachment").query(Long.class).single();
    }

    private long storedFiles() {
        if (!Files.exists(properties.directory())) {
            return 0;
        }
        try (var files = Files.walk(properties.directory())) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
