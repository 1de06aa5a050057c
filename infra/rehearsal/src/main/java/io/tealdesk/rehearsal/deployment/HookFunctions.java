package io.tealdesk.rehearsal.deployment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tealdesk.rehearsal.balancer.LoadBalancer;
import io.tealdesk.rehearsal.plan.HookPlan;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the very classes that Lambda runs, each call in a process of its own that ends with the function's timeout, and
 * takes their report where CodeDeploy would. What a function's settings say of AWS is filled with what stands here.
 */
public final class HookFunctions implements Hooks, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String REPORT = "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus";

    private final Map<String, String> settings;
    private final Recording recording;
    private final HttpServer codeDeploy;
    private final Map<String, CompletableFuture<Boolean>> calls = new ConcurrentHashMap<>();
    private final Set<Process> functions = ConcurrentHashMap.newKeySet();

    /** @param settings the values of this place by the functions' names for them, and where the AWS services are */
    public HookFunctions(Map<String, String> settings, Recording recording) throws IOException {
        this.settings = Map.copyOf(settings);
        this.recording = recording;
        codeDeploy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        codeDeploy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        codeDeploy.createContext("/", this::takeReport);
        codeDeploy.start();
    }

    /**
     * What the smoke test is told of a place.
     *
     * @param backend a backend task's environment there, which names the synthetic customer's secret and its keeper
     */
    public static Map<String, String> settings(LoadBalancer balancer, Map<String, String> backend) {
        Map<String, String> settings = new HashMap<>();
        settings.put("TEST_URL", balancer.test().toString());
        settings.put("PRODUCTION_URL", balancer.production().toString());
        settings.put("SYNTHETIC_CUSTOMER_SECRET", backend.getOrDefault("TEALDESK_SYNTHETIC_CUSTOMER_SECRET", ""));
        backend.forEach((name, value) -> {
            if (name.startsWith("AWS_")) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    @Override
    public CompletableFuture<Boolean> call(HookPlan hook, String deploymentId) {
        String executionId = UUID.randomUUID().toString();
        CompletableFuture<Boolean> report = new CompletableFuture<>();
        calls.put(executionId, report);
        String handler = hook.handler().replaceFirst("::.*", "");
        try {
            Class.forName(handler, false, HookFunctions.class.getClassLoader());
            Process function = start(hook, handler);
            functions.add(function);
            say(hook, "calls " + handler);
            Thread.startVirtualThread(() -> follow(function, hook));
            try (var input = function.outputWriter(StandardCharsets.UTF_8)) {
                input.write(JSON.writeValueAsString(
                        Map.of("DeploymentId", deploymentId, "LifecycleEventHookExecutionId", executionId)));
            }
        } catch (ClassNotFoundException e) {
            report.completeExceptionally(new IllegalArgumentException("there is no class " + handler + " here", e));
        } catch (IOException e) {
            report.completeExceptionally(e);
        }
        return report;
    }

    private Process start(HookPlan hook, String handler) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds, and must not take from the tasks what it would not have on AWS.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                FunctionMain.class.getName(),
                handler,
                String.valueOf(hook.timeout().toMillis())));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(hook.environment());
        // Its addresses are network interfaces in a VPC; without the name the resolver is asked.
        environment.put("LOAD_BALANCER_NAME", "");
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("AWS_ACCESS_KEY_ID", "rehearsal");
        environment.put("AWS_SECRET_ACCESS_KEY", "rehearsal");
        environment.put(
                "AWS_ENDPOINT_URL_CODEDEPLOY",
                "http://127.0.0.1:" + codeDeploy.getAddress().getPort());
        environment.putAll(settings);
        return builder.redirectErrorStream(true).start();
    }

    /** Writes down what it prints, and ends it when its time is over, as Lambda does. */
    private void follow(Process function, HookPlan hook) {
        Thread.startVirtualThread(() -> {
            try (BufferedReader output = function.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(line -> say(hook, line));
            } catch (IOException | java.io.UncheckedIOException e) {
                // It was ended in the middle of a line.
            }
        });
        try {
            if (!function.waitFor(hook.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                say(hook, "was ended at its timeout of " + hook.timeout().toSeconds() + " s");
                function.destroyForcibly();
            } else if (function.exitValue() != 0) {
                say(hook, "failed with exit code " + function.exitValue());
            }
        } catch (InterruptedException e) {
            function.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            functions.remove(function);
        }
    }

    private void takeReport(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!REPORT.equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
                answer(exchange, 400, "{\"__type\":\"UnknownOperationException\"}");
                return;
            }
            JsonNode said = JSON.readTree(body);
            String executionId = said.path("lifecycleEventHookExecutionId").asString("");
            CompletableFuture<Boolean> report = calls.get(executionId);
            if (report == null) {
                answer(exchange, 400, "{\"__type\":\"InvalidLifecycleEventHookExecutionIdException\"}");
            } else if (!report.complete(said.path("status").asString("").equals("Succeeded"))) {
                answer(exchange, 400, "{\"__type\":\"LifecycleEventAlreadyCompletedException\"}");
            } else {
                answer(exchange, 200, JSON.writeValueAsString(Map.of("lifecycleEventHookExecutionId", executionId)));
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void say(HookPlan hook, String what) {
        recording.event(Event.Kind.HOOK, hook.event().title(), what);
    }

    /** Ends what still runs. */
    @Override
    public void close() {
        functions.forEach(Process::destroyForcibly);
        codeDeploy.stop(0);
    }
}
