package io.tealdesk.rehearsal.world;

import io.tealdesk.infra.files.Dockerfile;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.Release;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs tasks as processes: the backend's jar with Java, the frontend's files with Nginx. */
public final class ProcessTasks implements Tasks {

    private static final String DEFAULT_STOP_SIGNAL = "TERM";
    /** Of this program's own, all that a task on AWS would have of its image. */
    private static final List<String> KEPT_VARIABLES = List.of("PATH", "JAVA_HOME", "LANG");

    private final World world;
    private final Program program;
    private final boolean prioritiesChange = ProcFiles.mayRaisePriority();
    private final boolean root;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final Queue<Process> processes = new ConcurrentLinkedQueue<>();
    private boolean isClosed;

    /** They end with the world. */
    public ProcessTasks(World world, Recording recording) {
        this(world, recording, Training::program);
    }

    ProcessTasks(World world, Recording recording, Program program) {
        this.world = world;
        this.program = program;
        this.root = "root".equals(System.getProperty("user.name"));
        if (!prioritiesChange) {
            recording.event(
                    Event.Kind.TASK,
                    null,
                    "Starting tasks have the CPU priority of all others: only root may raise it again later");
        }
        world.differs(Differences.OF_PROCESSES);
        world.with(this);
    }

    /** What the JVM runs for a backend's jar, which it has these options for. */
    interface Program {
        List<String> of(Path jar, List<String> options);
    }

    @Override
    public Task start(ServicePlan plan, Release release, Color color, int port, Map<String, String> changes)
            throws IOException {
        String group = plan.name() + "-" + color;
        String name = group + "-" + numbers.merge(group, 1, Integer::sum);
        String host = world.settings().address().getHostAddress();
        Path folder = world.directory().folder(name);
        Map<String, String> environment = world.environment(plan.task());
        // The image has it.
        environment.put("TEALDESK_RELEASE", release.id());
        List<String> command;
        if (plan.name() == ServiceName.BACKEND) {
            environment.put("SERVER_ADDRESS", host);
            environment.put("SERVER_PORT", Integer.toString(port));
            command = backend(plan, release, folder);
        } else {
            NginxFolder nginx = new NginxFolder(folder);
            nginx.fill(release, files(release), host, port, plan.task().port());
            command = nginx.command(root);
        }
        environment.putAll(changes);
        Path log = world.logs().resolve(name + ".log");
        Process process = started(prioritiesChange ? nice(command) : command, folder, environment, log);
        return new ProcessTask(
                new MachineTask.Identity(name, plan.name(), color, release.id(), new InetSocketAddress(host, port)),
                process,
                stopSignal(plan.name()),
                log,
                prioritiesChange);
    }

    @Override
    public CommandResult command(ServicePlan plan, Release release, String mode, Map<String, String> changes)
            throws IOException, InterruptedException {
        String name = mode + "-" + numbers.merge(mode, 1, Integer::sum);
        Path folder = world.directory().folder(name);
        Map<String, String> environment = world.commandEnvironment(plan.task());
        environment.put("TEALDESK_RELEASE", release.id());
        environment.putAll(changes);
        List<String> command = backend(plan, release, folder);
        command.add(mode);
        Path log = world.logs().resolve(name + ".log");
        Process process = started(command, folder, environment, log);
        int exitCode = process.waitFor();
        return new CommandResult(exitCode, Files.readString(log));
    }

    private List<String> backend(ServicePlan plan, Release release, Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        List<String> options = JvmOptions.of(world.settings().source(), plan.task());
        command.addAll(options);
        command.add("-Djava.io.tmpdir="
                + Files.createDirectories(folder.resolve("tmp")).toAbsolutePath());
        command.addAll(program.of(files(release).jar(), options));
        return command;
    }

    private static Release.Files files(Release release) {
        return switch (release.parts()) {
            case Release.Files files -> files;
            case Release.Images images ->
                throw new IllegalArgumentException("Processes are made of files, not of the image " + images.backend());
        };
    }

    private static List<String> nice(List<String> command) {
        List<String> nice = new ArrayList<>(Niceness.prefix());
        nice.addAll(command);
        return nice;
    }

    private Process started(List<String> command, Path folder, Map<String, String> environment, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(KEPT_VARIABLES);
        builder.environment().putAll(environment);
        // Whoever closes this sees every process, or none is started any more.
        synchronized (this) {
            if (isClosed) {
                throw new IOException("The rehearsal ends, nothing is started any more");
            }
            Process process = builder.start();
            world.note(process.toHandle());
            processes.add(process);
            return process;
        }
    }

    private String stopSignal(ServiceName service) {
        return Dockerfile.read(world.settings().source(), "Dockerfile." + service)
                .effective("STOPSIGNAL")
                .map(instruction -> instruction.arguments().replaceFirst("^SIG", ""))
                .orElse(DEFAULT_STOP_SIGNAL);
    }

    @Override
    public synchronized boolean isClosed() {
        return isClosed;
    }

    /** They are ended without ado: what matters has been seen by then. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
        }
        for (Process process : processes) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        for (Process process : processes) {
            process.onExit().join();
        }
    }
}
