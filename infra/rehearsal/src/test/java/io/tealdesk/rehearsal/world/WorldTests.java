package io.tealdesk.rehearsal.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.HealthCheckPlan;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.plan.TaskPlan;
import io.tealdesk.rehearsal.plan.TrafficShift;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Task.CpuPriority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** A whole world, with real tasks where there are any to start. */
@TestInstance(Lifecycle.PER_CLASS)
class WorldTests {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final SourceTree SOURCE = SourceTree.at(ROOT);
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Recording recording = new Recording(Clock.systemUTC());
    private Path directory;
    private World world;
    private ProcessTasks tasks;

    @BeforeAll
    void standUp(@TempDir Path temporary) throws Exception {
        directory = temporary;
        world = World.start(new WorldSettings(
                SOURCE, temporary, InetAddress.getLoopbackAddress(), URI.create("http://127.0.0.1:8080")));
        tasks = new ProcessTasks(world, recording);
    }

    @AfterAll
    void close() throws IOException {
        world.close();
        http.close();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).as("left behind").containsExactly(world.logs());
        }
    }

    @Test
    void databaseIsRestartedAndStillThere() throws Exception {
        try (Connection connection = maintenance();
                var statement = connection.createStatement()) {
            statement.execute("create table kept (id int)");
            statement.execute("insert into kept values (1)");
            world.database().restart();
            assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
        }
        try (Connection connection = maintenance();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*), current_setting('lock_timeout') from kept")) {
            rows.next();
            assertThat(rows.getInt(1)).isOne();
            assertThat(rows.getString(2)).as("the parameter group's").isEqualTo("30s");
        }
    }

    /** Not the desk's database, which has to be empty when a task migrates it. */
    private Connection maintenance() throws SQLException {
        Login superuser = world.database().superuser();
        return DriverManager.getConnection(world.database().url("postgres"), superuser.name(), superuser.password());
    }

    @Test
    void databaseAsksForAPassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(world.database().url("tealdesk"), "postgres", "guessed"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void theSdkReadsSecretsByNameAndArn() {
        try (SecretsManagerClient client = SecretsManagerClient.builder()
                .endpointOverride(world.secrets().endpoint())
                .region(Region.of(SecretsManager.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            String arn = world.secrets().put("greeting", Map.of("text", "hello"));
            assertThat(client.getSecretValue(ask -> ask.secretId(arn)).secretString())
                    .contains("hello");
            assertThat(client.getSecretValue(ask -> ask.secretId("greeting")).versionStages())
                    .containsExactly("AWSCURRENT");
            assertThat(client.describeSecret(ask -> ask.secretId(arn)).name()).isEqualTo("greeting");
            assertThatThrownBy(
                            () -> client.getSecretValue(ask -> ask.secretId(arn).versionStage("AWSPENDING")))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> client.getSecretValue(ask -> ask.secretId("unknown")))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    @Test
    void namesAPlaceholderThatItCannotFill() {
        TaskPlan task = task(Map.of("COLOUR", "light <PAINT>"), 1, 1);
        assertThatThrownBy(() -> world.environment(task, new Release("r", "r", new Release.Images("b", "f"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("COLOUR")
                .hasMessageContaining("<PAINT>");
    }

    @Test
    void aFrontendTaskServesTheSiteAndQuitsGracefully(@TempDir Path site) throws Exception {
        assumeThat(isInstalled("nginx")).as("Nginx is installed").isTrue();
        Files.writeString(site.resolve("index.html"), "<title>Tealdesk</title>");
        Release release =
                new Release("release-7", "test", new Release.Files(site, site, ROOT.resolve("frontend/nginx")));
        int port = new Ports(InetAddress.getLoopbackAddress()).next();
        Task task = tasks.start(service(ServiceName.FRONTEND, Map.of()), release, Color.GREEN, port, Map.of());
        HttpResponse<String> answer = answered(task, "/tickets");
        assertThat(answer.body()).contains("Tealdesk");
        assertThat(answer.headers().firstValue("X-Release")).contains("release-7");
        assertThat(answered(task, "/assets/gone.js").statusCode()).isEqualTo(404);
        task.freeze();
        assertThatThrownBy(() -> get(task, "/healthz")).isInstanceOf(IOException.class);
        task.thaw();
        assertThat(answered(task, "/healthz").body()).isEqualTo("ok\n");
        task.priority(CpuPriority.NORMAL);
        task.terminate();
        assertThat(task.exit().get(10, TimeUnit.SECONDS)).isZero();
        assertThat(Files.readString(task.log())).contains("\"path\":\"/tickets\"");
    }

    @Test
    void aBackendTaskSignsInItsFirstAdministrator() throws Exception {
        Optional<Path> jar = jar();
        assumeThat(jar)
                .as("an executable jar of the backend in TEALDESK_REHEARSAL_JAR or backend/target")
                .isPresent();
        Release release = new Release(
                "release-8", "test", new Release.Files(jar.orElseThrow(), directory, ROOT.resolve("frontend/nginx")));
        ServicePlan backend = service(ServiceName.BACKEND, environment());
        for (String mode : List.of("prepare-database", "migrate")) {
            Tasks.CommandResult result = tasks.command(backend, release, mode, Map.of());
            assertThat(result.exitCode()).as(result.log()).isZero();
        }
        int port = new Ports(InetAddress.getLoopbackAddress()).next();
        Task task = tasks.start(backend, release, Color.BLUE, port, Map.of());
        ready(task);
        task.priority(CpuPriority.NORMAL);
        HttpResponse<String> session = http.send(
                HttpRequest.newBuilder(uri(task, "/api/v1/sessions"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"email\":\"%s\",\"password\":\"%s\"}"
                                .formatted(
                                        world.administrator().name(),
                                        world.administrator().password())))
                        .build(),
                BodyHandlers.ofString());
        assertThat(session.statusCode()).as(session.body()).isEqualTo(200);
        assertThat(session.headers().firstValue("X-Release")).contains("release-8");
        assertThat(task.cpuUsage()).isPositive();
        task.kill();
        assertThat(task.exit().get(10, TimeUnit.SECONDS)).isEqualTo(137);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static Optional<Path> jar() throws IOException {
        String named = System.getenv("TEALDESK_REHEARSAL_JAR");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path target = ROOT.resolve("backend/target");
        if (Files.notExists(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("tealdesk-backend-.*\\.jar"))
                    .findFirst();
        }
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Node variable : SOURCE.yaml("taskdef.json")
                .at("containerDefinitions")
                .item(0)
                .get("environment")
                .items()) {
            environment.put(variable.get("name").text(), variable.get("value").text());
        }
        return environment;
    }

    private static ServicePlan service(ServiceName name, Map<String, String> environment) {
        return new ServicePlan(
                name,
                name == ServiceName.BACKEND ? task(environment, 3000, 1024) : task(environment, 80, 512),
                new HealthCheckPlan("/", Set.of(200), Duration.ZERO, Duration.ZERO, 1, 1),
                Duration.ZERO,
                1,
                Duration.ZERO,
                new TrafficShift.AllAtOnce(),
                List.of(),
                Duration.ZERO,
                List.of(),
                Set.of());
    }

    private static TaskPlan task(Map<String, String> environment, int port, int memory) {
        return new TaskPlan(
                "task",
                port,
                0.5,
                memory,
                null,
                true,
                List.of("/tmp"),
                environment,
                null,
                Duration.ofMinutes(1),
                Map.of(),
                List.of());
    }

    private void ready(Task task) throws InterruptedException, IOException {
        answered(task, "/actuator/health/readiness", Set.of(200));
    }

    /** Waits until the task answers at all. */
    private HttpResponse<String> answered(Task task, String path) throws InterruptedException, IOException {
        return answered(task, path, Set.of(200, 404));
    }

    private HttpResponse<String> answered(Task task, String path, Set<Integer> statuses)
            throws InterruptedException, IOException {
        Instant latest = Instant.now().plus(STARTS_WITHIN);
        while (true) {
            try {
                HttpResponse<String> answer = get(task, path);
                if (statuses.contains(answer.statusCode())) {
                    return answer;
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
            if (!task.isRunning() || Instant.now().isAfter(latest)) {
                throw new AssertionError("No such answer: " + Files.readString(task.log()));
            }
        }
    }

    private HttpResponse<String> get(Task task, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(task, path))
                        .timeout(Duration.ofSeconds(2))
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI uri(Task task, String path) {
        return URI.create("http://127.0.0.1:" + task.address().getPort() + path);
    }
}
