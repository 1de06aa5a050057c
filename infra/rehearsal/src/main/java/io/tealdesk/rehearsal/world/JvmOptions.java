package io.tealdesk.rehearsal.world;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.plan.TaskPlan;
import java.util.ArrayList;
import java.util.List;

/** The image's JVM options, with what a JVM reads of its container said outright: here it would see the machine's. */
final class JvmOptions {

    private static final String FILE = "backend/jvm.options";
    private static final String PERCENTAGE = "-XX:MaxRAMPercentage=";

    private JvmOptions() {}

    static List<String> of(SourceTree source, TaskPlan task) {
        List<String> options = new ArrayList<>();
        for (String line : source.lines(FILE)) {
            String option = line.strip();
            if (option.startsWith(PERCENTAGE)) {
                double percent = Double.parseDouble(option.substring(PERCENTAGE.length()));
                options.add("-Xmx" + Math.round(task.memoryMebibytes() * percent / 100) + "m");
            } else if (!option.isEmpty() && !option.startsWith("#")) {
                options.add(option);
            }
        }
        options.add("-XX:ActiveProcessorCount=" + (int) Math.ceil(task.cpus()));
        return options;
    }
}
