package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.recording.RequestRecord;
import io.tealdesk.rehearsal.report.Line.Style;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows a rehearsal while it goes on: drawn again in place on a terminal, a line for each phase and event elsewhere.
 */
public final class TerminalProgress implements AutoCloseable {

    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";

    private final Recording recording;
    private final Terminal terminal;
    private final LiveFigures figures = new LiveFigures();
    private final LiveView view;
    private final Object drawing = new Object();
    private final Thread onInterruption = new Thread(this::interrupt, "interrupted");
    private int linesDrawn;
    private volatile boolean isClosed;
    private @Nullable Thread painter;

    private TerminalProgress(Recording recording, Terminal terminal, LiveView view) {
        this.recording = recording;
        this.terminal = terminal;
        this.view = view;
    }

    /**
     * @param from the old release's id
     * @param expected see {@link ExpectedLengths}
     */
    public static TerminalProgress start(
            Recording recording,
            Terminal terminal,
            String from,
            String to,
            double rateAsked,
            Map<String, Duration> expected) {
        LiveView view = new LiveView(from, to, rateAsked, Map.copyOf(expected), recording.now());
        TerminalProgress progress = new TerminalProgress(recording, terminal, view);
        recording.listen(progress::hear);
        Runtime.getRuntime().addShutdownHook(progress.onInterruption);
        if (terminal.isLive()) {
            progress.paint();
        }
        return progress;
    }

    private void hear(Object fact) {
        if (isClosed) {
            return;
        }
        switch (fact) {
            case RequestRecord request -> figures.add(request);
            case Event event -> {
                figures.add(event);
                say(view.event(event));
            }
            case Phase phase -> {
                say(view.begun(phase, figures.at(recording.now())));
                figures.begin(phase);
            }
            default -> throw new IllegalArgumentException("not a fact of a recording: " + fact);
        }
    }

    private void say(Line line) {
        if (!terminal.isLive()) {
            synchronized (drawing) {
                if (!isClosed) {
                    terminal.out().println(line.rendered(terminal));
                }
            }
        }
    }

    private void paint() {
        terminal.out().print(HIDE_CURSOR);
        painter = Thread.ofVirtual().name("progress").start(() -> {
            try {
                while (!isClosed) {
                    synchronized (drawing) {
                        if (!isClosed) {
                            draw();
                        }
                    }
                    Thread.sleep(REDRAW);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * Whoever interrupts a rehearsal wants to see their cursor again, and not that tasks are unhealthy and requests fail:
     * everything is being ended.
     */
    void interrupt() {
        synchronized (drawing) {
            isClosed = true;
            terminal.out().println((terminal.isLive() ? SHOW_CURSOR : "") + "Interrupted: nothing is judged.");
        }
    }

    private void draw() {
        synchronized (drawing) {
            StringBuilder screen = new StringBuilder();
            if (linesDrawn > 0) {
                screen.append("\u001b[").append(linesDrawn).append('A');
            }
            List<Line> lines = view.lines(figures.at(recording.now()), terminal.width());
            for (Line line : lines) {
                screen.append("\r\u001b[2K").append(line.rendered(terminal)).append('\n');
            }
            screen.append("\u001b[J");
            linesDrawn = lines.size();
            terminal.out().print(screen);
            terminal.out().flush();
        }
    }

    /** Ends the view and says how it ended. */
    public void finish(Verdict verdict, Path report) {
        close();
        for (Line line : ending(verdict, report, terminal.width())) {
            terminal.out().println(line.rendered(terminal));
        }
    }

    static List<Line> ending(Verdict verdict, Path report, int width) {
        int room = width - 4;
        List<Line> lines = new ArrayList<>();
        lines.add(new Line());
        boolean passed = verdict.passed();
        lines.add(new Line()
                .add(passed ? "✓ " : "✗ ", passed ? Style.GOOD : Style.BAD)
                .add(Headline.title(verdict) + ".", passed ? Style.GOOD : Style.BAD));
        wrapped(Headline.sentence(verdict), room).forEach(text -> lines.add(new Line().add("  " + text)));
        if (passed) {
            for (Check check : List.of(Check.P99_KEPT, Check.LIVE_HANDED_OVER)) {
                Requirement shown = verdict.requirement(check);
                wrapped(shown.sentence() + (shown.decides() ? "" : " Shown, not judged."), room)
                        .forEach(text -> lines.add(new Line().add("  " + text, Style.MUTED)));
            }
        }
        for (Requirement requirement : verdict.broken()) {
            lines.add(new Line()
                    .add("  ✗ ", Style.BAD)
                    .add("Not met: " + requirement.check().title() + ".", Style.STRONG));
            wrapped(requirement.sentence(), room).forEach(text -> lines.add(new Line().add("    " + text)));
        }
        lines.add(new Line().add("  Report: ", Style.MUTED).add(report.toString(), Style.ACCENT));
        return lines;
    }

    private static List<String> wrapped(String text, int room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        Thread painting = painter;
        if (painting != null) {
            painting.interrupt();
            draw();
            terminal.out().print(SHOW_CURSOR);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onInterruption);
        } catch (IllegalStateException endingAlready) {
            // Then it has said so.
        }
    }
}
