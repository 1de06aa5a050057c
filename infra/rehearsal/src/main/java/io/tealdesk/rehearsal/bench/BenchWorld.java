package io.tealdesk.rehearsal.bench;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.bench.desk.DeskLoader;
import io.tealdesk.rehearsal.load.SignedIn;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.plan.DeploymentPlan;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.world.Database;
import io.tealdesk.rehearsal.world.Login;
import io.tealdesk.rehearsal.world.Ports;
import io.tealdesk.rehearsal.world.ProcessTasks;
import io.tealdesk.rehearsal.world.Task;
import io.tealdesk.rehearsal.world.Tasks;
import io.tealdesk.rehearsal.world.World;
import io.tealdesk.rehearsal.world.WorldSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A loaded desk: its database, one task of the backend before it, and agents who are signed in. They come to the task
 * itself; the load balancer is for browsers.
 */
final class BenchWorld implements AutoCloseable {

    private static final int AGENTS = 64;
    /** Of the team that has the most. */
    private static final String AGENT = "agent-0@bench.example";

    private static final String PEAK = "VmHWM:";
    private static final String NOW = "VmRSS:";

    private final BenchSettings settings;
    private final World world;
    private final ProcessTasks tasks;
    private final @Nullable BrowserDoor door;
    private final Task task;
    private final SignedIn agents;
    private final DeskLoader.Loaded loaded;

    BenchWorld(BenchSettings settings, int tickets, Instant now, Consumer<String> progress)
            throws IOException, SQLException, InterruptedException {
        this.settings = settings;
        SourceTree source = SourceTree.at(settings.root());
        DeploymentPlan plan = DeploymentFiles.read(source);
        ServicePlan backend = plan.backend();
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        Ports ports = new Ports(loopback);
        int front = ports.next();
        KeptDesk kept = new KeptDesk(settings.directory().resolve("kept"), tickets, settings.seed());
        var before = settings.keep() ? kept.found(now) : Optional.<DeskLoader.Loaded>empty();
        world = World.start(new WorldSettings(
                source,
                settings.directory().resolve("world"),
                loopback,
                address(front),
                before.isPresent() ? kept.database() : null));
        try {
            tasks = new ProcessTasks(world, new Recording(Clock.systemUTC()));
            for (String mode : List.of("prepare-database", "migrate")) {
                Tasks.CommandResult result = tasks.command(backend, settings.release(), mode, Map.of());
                if (result.exitCode() != 0) {
                    throw new IOException(mode + " failed: " + result.log());
                }
            }
            Path balancer = settings.directory().resolve("balancer");
            door = settings.browser() ? new BrowserDoor(world, plan, ports, front, balancer) : null;
            int port = door == null ? front : door.backendPort();
            URI desk = address(port);
            loaded = before.isPresent() ? foundAgain(before.get()) : load(tickets, now, progress);
            task = tasks.start(
                    backend,
                    settings.release(),
                    Color.BLUE,
                    port,
                    Map.of("TEALDESK_SHUTDOWN_DELAY", "0s", "TEALDESK_SEARCH_FILLREST", "0"));
            Readiness.await(task, desk);
            awaitFilled(progress);
            if (settings.keep() && before.isEmpty()) {
                kept.keep(database(), loaded, now);
                progress.accept("Kept for the next time");
            }
            task.priority(Task.CpuPriority.NORMAL);
            agents = new SignedIn(desk, world.database().superuserUrl(), AGENTS);
        } catch (IOException | SQLException | InterruptedException | RuntimeException failure) {
            world.close();
            throw failure;
        }
    }

    private DeskLoader.Loaded load(int tickets, Instant now, Consumer<String> progress)
            throws SQLException, InterruptedException {
        return new DeskLoader(database().superuserUrl(), progress).load(tickets, settings.seed(), now);
    }

    private DeskLoader.Loaded foundAgain(DeskLoader.Loaded before) throws SQLException {
        try (Connection connection = database().connect()) {
            KeptDesk.forgetAdministrator(connection);
        }
        return before;
    }

    /** The loader writes without triggers: the task itself fills the search index and counts for the reports. */
    private void awaitFilled(Consumer<String> progress) throws IOException, SQLException, InterruptedException {
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement()) {
            Filling.await(task, connection, progress);
            statement.execute("vacuum (analyze)");
        }
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** From now on browsers may come; says where. */
    URI open() throws IOException, InterruptedException {
        if (door == null) {
            throw new IllegalStateException("This desk has nothing for browsers");
        }
        return door.open(tasks, settings.release(), task);
    }

    Login administrator() {
        return world.administrator();
    }

    /** One of the loaded people, who now has the administrator's password. */
    Login agent() throws SQLException {
        Login administrator = world.administrator();
        try (Connection connection = database().connect();
                PreparedStatement statement = connection.prepareStatement("""
                        update person
                        set password_hash = (select password_hash from person where email = cast(? as citext))
                        where email = cast(? as citext)""")) {
            statement.setString(1, administrator.name());
            statement.setString(2, AGENT);
            statement.executeUpdate();
        }
        return new Login(AGENT, administrator.password());
    }

    SignedIn agents() {
        return agents;
    }

    Database database() {
        return world.database();
    }

    DeskLoader.Loaded loaded() {
        return loaded;
    }

    long process() {
        return task.process().orElseThrow();
    }

    /** The most that the backend ever had in memory, in MiB. */
    long peakMemory() {
        return memory(PEAK);
    }

    long memory() {
        return memory(NOW);
    }

    private long memory(String what) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process()), "status")).stream()
                    .filter(line -> line.startsWith(what))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    /** What of the database there is most of, in bytes: its name and its size with indexes, the whole first. */
    Map<String, Long> sizes() throws SQLException {
        Map<String, Long> sizes = new java.util.LinkedHashMap<>();
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select 'database' as name, pg_database_size(current_database()) as bytes
                        union all (select relname, pg_total_relation_size(oid) from pg_class
                                   where relkind = 'r' and relnamespace = 'public'::regnamespace
                                   order by 2 desc limit 8)
                        order by 2 desc""")) {
            while (rows.next()) {
                sizes.put(rows.getString(1), rows.getLong(2));
            }
        }
        return sizes;
    }

    String serverVersion() throws SQLException {
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show server_version")) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        agents.close();
        if (door != null) {
            door.close();
        }
        world.close();
    }
}
