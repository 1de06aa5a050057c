package io.tealdesk.rehearsal;

import io.tealdesk.rehearsal.deployment.Deployment;
import io.tealdesk.rehearsal.deployment.Outcome;
import io.tealdesk.rehearsal.deployment.TaskSet;
import io.tealdesk.rehearsal.drills.DrillScene;
import io.tealdesk.rehearsal.drills.Incident;
import io.tealdesk.rehearsal.drills.Safeguard;
import io.tealdesk.rehearsal.load.CaughtMail;
import io.tealdesk.rehearsal.load.LedgerFindings;
import io.tealdesk.rehearsal.load.LoadSummary;
import io.tealdesk.rehearsal.load.People;
import io.tealdesk.rehearsal.load.Scene;
import io.tealdesk.rehearsal.load.Settings;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Phase.Group;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.report.Check;
import io.tealdesk.rehearsal.report.Facts;
import io.tealdesk.rehearsal.report.Tolerance;
import io.tealdesk.rehearsal.report.Verdict;
import io.tealdesk.rehearsal.schema.SchemaFindings;
import io.tealdesk.rehearsal.world.World;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One rehearsal, from an empty machine to the last request. */
final class Play {

    private final RunSettings settings;
    private final Script script;
    private final Recording recording;
    private final List<Outcome> outcomes = new ArrayList<>();

    Play(RunSettings settings, Script script, Recording recording) {
        this.settings = settings;
        this.script = script;
        this.recording = recording;
    }

    Verdict perform() throws IOException, SQLException, InterruptedException {
        recording.phase(null, "Set-up", Group.OTHER);
        try (Theatre theatre = new Theatre(settings, recording)) {
            CpuMeter meter = new CpuMeter(theatre::everyTask, recording);
            theatre.migrate(settings.releases().from());
            Optional<String> refusal = refusal(theatre);
            theatre.open(settings.releases().from());
            try (People people = People.invited(load(), scene(theatre), recording)) {
                people.start();
                recording.phase(null, "Warm-up", Group.OTHER);
                Thread.sleep(settings.warmUp());
                recording.phase(null, "Before", Group.BEFORE);
                Thread.sleep(settings.before());
                recording.phase(null, "Migrate", Group.PREPARATION);
                try (Incident incident = script.begin(new DrillScene(theatre.world(), theatre.balancer(), recording))) {
                    if (refusal.isPresent()) {
                        refuse(refusal.get());
                    } else {
                        theatre.migrate(settings.releases().to());
                        deploy(theatre, incident);
                    }
                }
                recording.phase(null, "After", Group.AFTER);
                Thread.sleep(settings.after());
                recording.phase(null, "Ending", Group.OTHER);
                people.stop();
                recording.end();
                meter.stop();
                LedgerFindings found = people.findings();
                LoadSummary summary = people.summary();
                Throwable fault = summary.firstFault();
                Facts.Ledger ledger = new Facts.Ledger(
                        found.writes(),
                        found.sessions(),
                        found.lost(),
                        found.doubled(),
                        found.unexpected(),
                        found.sessionsLost(),
                        found.givenUp(),
                        fault == null ? List.of() : List.of("%d times, first %s".formatted(summary.faults(), fault)));
                return Verdict.of(
                        recording,
                        new Judgement(settings, recording)
                                .facts(theatre, ledger, summary, outcomes, script.expected(), List.of()),
                        tolerance());
            }
        }
    }

    /** Where latency is not judged, no alarm on it decides either. */
    private ServicePlan plan(ServiceName service) {
        ServicePlan plan = script.plan(settings.plan().service(service));
        return settings.lossOnly() ? plan.withAlarms(alarm -> !alarm.watchesLatency()) : plan;
    }

    private Tolerance tolerance() {
        return settings.lossOnly() ? script.tolerance().without(Check.P99_KEPT) : script.tolerance();
    }

    private Settings load() {
        Settings usual = Settings.usual(settings.rate()).rampingUp(settings.warmUp());
        return script.has(Safeguard.REPETITION) ? usual : usual.withoutRepetition();
    }

    private static Scene scene(Theatre theatre) {
        World world = theatre.world();
        return new Scene(
                theatre.balancer().production(),
                world.database().superuserUrl(),
                world.administrator().name(),
                world.administrator().password(),
                () -> world.mail().mails().stream()
                        .map(mail -> new CaughtMail(mail.messageId(), mail.text()))
                        .toList());
    }

    /** Asked while nobody is at the database, because only then PostgreSQL copies it. */
    private Optional<String> refusal(Theatre theatre) throws IOException, SQLException, InterruptedException {
        if (!script.asksSchemaGate()) {
            return Optional.empty();
        }
        recording.phase(null, "Schema gate", Group.OTHER);
        return theatre.examine(settings.releases().from(), settings.releases().to()).findings().stream()
                .map(SchemaFindings.Finding::sentence)
                .findFirst();
    }

    /** As the pipeline would: nothing is migrated, nothing is deployed, people go on as before. */
    private void refuse(String reason) {
        recording.event(Event.Kind.ROLLBACK, null, "Nothing is deployed: " + reason);
        outcomes.add(new Outcome(ServiceName.BACKEND, Outcome.Result.REFUSED, reason, List.of()));
    }

    /** Each service in its turn; what follows one that did not succeed is not begun, as in the pipeline. */
    private void deploy(Theatre theatre, Incident incident) throws InterruptedException {
        for (ServiceName service : settings.services()) {
            Deployment deployment = new Deployment(
                    theatre.cluster(),
                    plan(service),
                    theatre.serving(service),
                    settings.releases().to(),
                    incident.greenEnvironment(),
                    theatre.hooks(),
                    incident);
            Outcome outcome = deployment.with(script.leniency()).run();
            outcomes.add(outcome);
            if (!outcome.succeeded()) {
                return;
            }
            TaskSet green = deployment.green();
            if (green != null) {
                theatre.nowServing(green);
            }
        }
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }
}
