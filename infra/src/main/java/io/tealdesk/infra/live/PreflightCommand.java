package io.tealdesk.infra.live;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command in front of every update of the service stack. Standard output holds the parameters to pass to the
 * update and nothing else; what people read goes to standard error.
 */
@Command(
        name = "preflight",
        mixinStandardHelpOptions = true,
        version = "Tealdesk preflight",
        description = {
            "Compares the live listener rules with the primary task sets and the deployment groups and says whether the"
                    + " service stack may be updated now. Changes nothing."
        },
        footerHeading = "%nStandard output: one line each of BackendLiveColor=… and FrontendLiveColor=…%nExit codes:%n",
        footer = {
            "  0  safe to update with the parameters on standard output",
            "  1  not safe; standard error says why and how to repair it",
            "  2  called wrongly",
            "  3  cannot tell: AWS did not answer or refused"
        })
class PreflightCommand implements Callable<Integer> {

    static final int SAFE = 0;
    static final int UNSAFE = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "<stack>", description = "the service stack, such as tealdesk-staging-service")
    private String name = "";

    @Option(
            names = "--backend-live-color",
            paramLabel = "<color>",
            description = "what the update will name; blue or green")
    private @Nullable Color backendPlanned;

    @Option(
            names = "--frontend-live-color",
            paramLabel = "<color>",
            description = "what the update will name; blue or green")
    private @Nullable Color frontendPlanned;

    @Option(names = "--region", description = "AWS region; otherwise that of the profile or AWS_REGION")
    private @Nullable String region;

    @Option(names = "--endpoint-url", hidden = true, description = "another place than AWS, for tests")
    private @Nullable String endpoint;

    @Override
    public Integer call() {
        try (var aws = new Aws(region, endpoint)) {
            // Not "nothing is live yet": a mistyped name must not end in an update that sends traffic to blue.
            var stack = ServiceStack.find(aws.cloudFormation(), name)
                    .orElseThrow(() -> new IllegalStateException("there is no stack " + name + " in " + aws.region()));
            if (!stack.isServing()) {
                err().println(name + " serves nothing yet: both start on blue.");
                return print(Color.BLUE, Color.BLUE);
            }
            if (stack.isBusy()) {
                err().println("NOT SAFE: " + name + " is " + stack.status() + ". Wait until it is done.");
                return UNSAFE;
            }
            return check(aws, stack);
        }
    }

    private int check(Aws aws, ServiceStack stack) {
        var reader = new LiveServiceReader(aws.loadBalancer(), aws.ecs(), aws.codeDeploy());
        var check = new PreflightCheck(aws.region());
        var backend = reader.read(stack, "Backend");
        var frontend = reader.read(stack, "Frontend");
        tell(stack, backend);
        tell(stack, frontend);
        var findings = new ArrayList<>(check.findings(backend, backendPlanned));
        findings.addAll(check.findings(frontend, frontendPlanned));
        var backendLive = backend.primary();
        var frontendLive = frontend.primary();
        if (findings.isEmpty() && backendLive != null && frontendLive != null) {
            return print(backendLive, frontendLive);
        }
        err().println();
        findings.forEach(this::tell);
        err().println("NOT SAFE: do not update " + stack.name() + " before this is settled.");
        return UNSAFE;
    }

    private void tell(ServiceStack stack, LiveService service) {
        var primary = service.primary();
        var serving = primary == null ? "nobody" : primary.parameterValue();
        var declared = stack.parameters().getOrDefault(service.name() + "LiveColor", "no colour");
        err().println("%s: %s serves, %d healthy task(s)%s"
                .formatted(
                        service.name(),
                        serving,
                        service.primaryHealthyTargets(),
                        serving.equals(declared) ? "" : "; the stack's last update said " + declared));
    }

    private void tell(Finding finding) {
        err().println(finding.service() + ": " + finding.problem());
        err().println("  " + finding.advice());
        if (finding.repair() != null) {
            err().println("  " + finding.repair());
        }
    }

    private int print(Color backend, Color frontend) {
        spec.commandLine().getOut().println("BackendLiveColor=" + backend.parameterValue());
        spec.commandLine().getOut().println("FrontendLiveColor=" + frontend.parameterValue());
        return SAFE;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
