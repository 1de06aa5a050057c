package io.tealdesk.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.recording.Recording;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTests {

    @Test
    void theWholePageIsWellFormedAndNeedsNothingElse() throws Exception {
        Recording recording = SampleRehearsal.good();
        String page = page("good", Verdict.of(recording, SampleRehearsal.goodFacts()), recording);

        Document document = parsed(page);

        assertThat(document.getElementsByTagName("h1").getLength()).isEqualTo(1);
        assertThat(page).contains("Nothing was dropped").doesNotContain("<script");
        // No address at all, so that the browser has nothing to ask for.
        assertThat(page).doesNotContainPattern("https?:|//[a-z]|url\\(|@import|src=");
    }

    @Test
    void everyDrawingHasATitleADescriptionAndTheSameAsATable() throws Exception {
        Recording recording = SampleRehearsal.good();
        Document document = parsed(HtmlReport.of(Verdict.of(recording, SampleRehearsal.goodFacts()), recording));

        NodeList descriptions = document.getElementsByTagName("desc");
        assertThat(descriptions.getLength()).isEqualTo(3);
        assertThat(descriptions.item(0).getTextContent()).contains("takes over from", "backend succeeded in");
        assertThat(document.getElementsByTagName("table").getLength()).isEqualTo(5);
    }

    @Test
    void aFaultyRehearsalSaysWhatIsBrokenAndEscapesWhatItQuotes() throws Exception {
        Recording recording = SampleRehearsal.faulty();
        Verdict verdict = Verdict.of(recording, SampleRehearsal.faultyFacts());
        String page = page("faulty", verdict, recording);

        parsed(page);

        assertThat(page).contains("✗ not met", "What failed", "unexpected &lt;script&gt;", "reply r-0193 on #1042");
        assertThat(verdict.passed()).isFalse();
    }

    @Test
    void aReleaseThatWentBackHasNotTakenOver() {
        Recording good = SampleRehearsal.good();
        Recording faulty = SampleRehearsal.faulty();

        assertThat(HtmlReport.of(Verdict.of(good, SampleRehearsal.goodFacts()), good))
                .contains("while release 7b7c462 took over from 2d0de47:");
        assertThat(HtmlReport.of(Verdict.of(faulty, SampleRehearsal.faultyFacts()), faulty))
                .contains("while release 7b7c462 was to take over from 2d0de47:");
    }

    @Test
    void anEmptyRecordingStillMakesAPage() throws Exception {
        Recording recording = new Recording(new Scenes.HandClock());

        String page = page("empty", Verdict.of(recording, Scenes.facts()), recording);

        parsed(page);
        assertThat(page).contains("requirements were not met");
    }

    @Test
    void charactersThatNoPageMayHaveAreReplaced() {
        assertThat(new Markup().leaf("p", "\u001b[31mred\u0000 & <b>").toString())
                .isEqualTo("<p>\uFFFD[31mred\uFFFD &amp; &lt;b&gt;</p>\n");
    }

    /** Left where a person can look at it. */
    private static String page(String name, Verdict verdict, Recording recording) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/sample-reports"));
        Path file = folder.resolve(name + ".html");
        HtmlReport.write(verdict, recording, file);
        JsonReport.write(verdict, folder.resolve(name + ".json"));
        return Files.readString(file);
    }

    static Document parsed(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(javax.xml.XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }
}
