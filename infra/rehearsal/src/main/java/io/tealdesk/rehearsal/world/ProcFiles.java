package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Linux tells of processes in /proc. */
final class ProcFiles {

    /** Linux counts CPU time in hundredths of a second, whatever its own clock (USER_HZ). */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of stat, counted from the state, which follows the name in parentheses. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;
    private static final int NICE = 16;

    private static final int CAP_SYS_NICE = 23;
    private static final Path PROC = Path.of("/proc");

    private ProcFiles() {}

    /** Seconds of CPU time so far; 0 for one that has ended. */
    static double cpuSeconds(long process) {
        String[] stat = stat(PROC.resolve(process + "/stat"));
        return stat.length <= NICE
                ? 0
                : (Long.parseLong(stat[USER_TIME]) + Long.parseLong(stat[SYSTEM_TIME])) / TICKS_PER_SECOND;
    }

    /** How nice each thread of a process is. */
    static Map<Long, Integer> niceness(long process) {
        Map<Long, Integer> threads = new HashMap<>();
        for (Path thread : threads(process)) {
            String[] stat = stat(thread.resolve("stat"));
            if (stat.length > NICE) {
                threads.put(Long.parseLong(thread.getFileName().toString()), Integer.parseInt(stat[NICE]));
            }
        }
        return threads;
    }

    private static List<Path> threads(long process) {
        try (Stream<Path> threads = Files.list(PROC.resolve(process + "/task"))) {
            return threads.toList();
        } catch (IOException ended) {
            return List.of();
        }
    }

    /** Whether this program may make a process less nice again. */
    static boolean mayRaisePriority() {
        try (Stream<String> status = Files.lines(PROC.resolve("self/status"))) {
            return status.filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), 16))
                    .anyMatch(capabilities -> (capabilities >> CAP_SYS_NICE & 1) == 1);
        } catch (IOException notLinux) {
            return false;
        }
    }

    private static String[] stat(Path file) {
        try {
            String line = Files.readString(file);
            return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        } catch (IOException ended) {
            return new String[0];
        }
    }
}
