package io.tealdesk.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FileNamesTests {

    private static final Map<String, String> HARMLESS = Map.ofEntries(
            Map.entry("invoice.pdf", "invoice.pdf"),
            Map.entry("Rechnung März.pdf", "Rechnung März.pdf"),
            Map.entry("../../etc/passwd", "passwd"),
            Map.entry("..\\..\\windows\\win.ini", "win.ini"),
            Map.entry("/absolute/name.txt", "name.txt"),
            Map.entry(".htaccess", "htaccess"),
            Map.entry(".\u200Bhtaccess", "htaccess"),
            Map.entry("...hidden", "hidden"),
            Map.entry("a\u202Egpj.exe", "agpj.exe"),
            Map.entry("line\nbreak\r.txt", "linebreak.txt"),
            Map.entry("nul\0byte.txt", "nulbyte.txt"),
            Map.entry("a<b>:\"c\"|*?.txt", "a_b___c____.txt"),
            Map.entry("fullwidth\uFF0Fslash.txt", "slash.txt"),
            Map.entry("\uD83D\uDD27.png", "\uD83D\uDD27.png"));

    @Test
    void makesNamesHarmless() {
        HARMLESS.forEach(
                (given, expected) -> assertThat(FileNames.normalised(given)).isEqualTo(expected));
    }

    @Test
    void neverLeavesAName() {
        assertThat(FileNames.normalised("")).isEqualTo("file");
        assertThat(FileNames.normalised("///")).isEqualTo("file");
        assertThat(FileNames.normalised("..")).isEqualTo("file");
    }

    @Test
    void shortensButKeepsTheEnding() {
        assertThat(FileNames.normalised("x".repeat(400) + ".pdf")).hasSize(200).endsWith("x.pdf");
    }
}
