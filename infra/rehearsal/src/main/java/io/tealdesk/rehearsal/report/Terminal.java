package io.tealdesk.rehearsal.report;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where progress is shown.
 *
 * @param isLive whether lines can be drawn again in place; not on a pipe, in CI or on a dumb terminal
 * @param hasColours not where NO_COLOR is set, see no-color.org
 */
public record Terminal(PrintStream out, boolean isLive, boolean hasColours, int width) {

    private static final int USUAL_WIDTH = 100;
    private static final int NARROWEST = 40;
    private static final int WIDEST = 160;

    public static Terminal detected() {
        Map<String, String> environment = System.getenv();
        // Depending on its version and settings, Java has no console at all where there is no terminal.
        boolean isTerminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        boolean isLive = isTerminal
                && !"dumb".equals(environment.get("TERM"))
                && environment.getOrDefault("CI", "").isEmpty();
        boolean hasColours = isLive && environment.getOrDefault("NO_COLOR", "").isEmpty();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        return new Terminal(out, isLive, hasColours, isLive ? width(environment.get("COLUMNS")) : USUAL_WIDTH);
    }

    private static int width(@Nullable String columns) {
        if (columns != null && columns.matches("\\d{1,4}")) {
            return within(Integer.parseInt(columns));
        }
        try {
            // Java does not know the width; stty asks the terminal that it gets as its input.
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            stty.waitFor(1, TimeUnit.SECONDS);
            return answer.matches("\\d+ \\d{1,4}")
                    ? within(Integer.parseInt(answer.substring(answer.indexOf(' ') + 1)))
                    : USUAL_WIDTH;
        } catch (IOException e) {
            return USUAL_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }

    private static int within(int width) {
        return Math.clamp(width, NARROWEST, WIDEST);
    }
}
