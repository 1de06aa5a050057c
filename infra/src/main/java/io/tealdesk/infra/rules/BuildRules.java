package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import io.tealdesk.infra.rules.Pipeline.Action;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The builds: specifications, scripts, variables, arguments, reports. */
final class BuildRules {

    /** Set in every build, by CodeBuild or by the shell. */
    private static final Set<String> ALWAYS_SET = Set.of(
            // jq's name for the environment.
            "ENV",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "HOME",
            "PATH",
            "PWD",
            "TMPDIR",
            "BASH_SOURCE",
            "RANDOM",
            "SECONDS",
            "EUID",
            "UID",
            "JAVA_HOME",
            "IFS",
            "LINENO",
            "PIPESTATUS",
            "OPTARG",
            "OPTIND",
            "BASH_REMATCH",
            "HOSTNAME");

    private BuildRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "build-specification-exists",
                        "Each build project runs a build specification of this repository, in a build of the pipeline",
                        BuildRules::buildSpecification),
                new Rule(
                        "scripts-exist",
                        "Each script that a build specification leads to exists",
                        BuildRules::scriptsExist),
                new Rule(
                        "build-variables",
                        "Each variable that a build's scripts expect is given to the build",
                        BuildRules::buildVariables),
                new Rule(
                        "build-arguments",
                        "A script passes to a Dockerfile only arguments that it declares",
                        BuildRules::buildArguments),
                new Rule(
                        "test-reports",
                        "A build reports its tests: each report group has files and the build may write it",
                        BuildRules::reports),
                new Rule(
                        "migration-modes",
                        "The modes in which the pipeline starts the backend's image are modes that it has",
                        BuildRules::migrationModes));
    }

    private static void buildSpecification(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Resource project : pipeline.projects()) {
                String specification = Pipeline.buildSpec(project);
                if (!specification.contains("\n") && !delivery.tree().has(specification)) {
                    findings.add(
                            project.properties().at("Source/BuildSpec"),
                            project.id() + " runs " + specification + ", which is not in the repository",
                            "The path is one from the root");
                }
                boolean used = pipeline.builds().stream()
                        .anyMatch(build -> pipeline.projectOf(build)
                                .filter(project::equals)
                                .isPresent());
                if (!used) {
                    findings.add(
                            project.node(), "no action runs " + project.id(), "Take it out or name it in an action");
                }
            }
            for (Action build : pipeline.builds()) {
                if (pipeline.projectOf(build).isEmpty()) {
                    findings.add(
                            build.node(),
                            build.name() + " runs the project "
                                    + build.configuration().get("ProjectName") + ", which the stack does not have",
                            "Refer to it: !Ref TheProject");
                }
            }
        }
    }

    static Stream<Resource> projects(Delivery delivery) {
        return delivery.environments().stream()
                .flatMap(environment -> Pipeline.of(environment).projects().stream())
                .filter(project -> delivery.tree().has(Pipeline.buildSpec(project)));
    }

    private static void scriptsExist(Delivery delivery, Findings findings) {
        projects(delivery).forEach(project -> {
            BuildScript build = BuildScript.of(delivery.tree(), Pipeline.buildSpec(project));
            build.missingScripts()
                    .forEach((script, caller) -> findings.add(
                            new Place(caller, 0),
                            "calls " + script + ", which is not in the repository",
                            "Mend the path"));
            if (build.scripts().isEmpty()) {
                findings.add(
                        new Place(build.file(), 0),
                        "calls no script",
                        "Logic goes into scripts that can be run and tested alone");
            }
        });
    }

    private static void buildVariables(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Resource project : pipeline.projects()) {
                if (!delivery.tree().has(Pipeline.buildSpec(project))) {
                    continue;
                }
                Set<String> given = new TreeSet<>(ALWAYS_SET);
                given.addAll(Pipeline.variables(project).keySet());
                pipeline.builds().stream()
                        .filter(build -> pipeline.projectOf(build)
                                .filter(project::equals)
                                .isPresent())
                        .map(build -> build.configuration()
                                .get("EnvironmentVariables")
                                .text())
                        .forEach(json -> Pattern.compile("\"name\"\\s*:\\s*\"(\\w+)\"")
                                .matcher(json)
                                .results()
                                .forEach(match -> given.add(match.group(1))));
                pipeline.builds().stream()
                        .filter(action -> pipeline.projectOf(action)
                                .filter(project::equals)
                                .isPresent())
                        .flatMap(action -> action.inputs().stream())
                        .forEach(input -> given.add("CODEBUILD_SRC_DIR_" + input));
                BuildScript build = BuildScript.of(delivery.tree(), Pipeline.buildSpec(project));
                otherSources(delivery, Pipeline.buildSpec(project), given, findings);
                build.expected().forEach((name, file) -> {
                    if (!given.contains(name) && !name.startsWith("CODEBUILD_")) {
                        findings.add(
                                new Place(file, 0),
                                "expects the variable " + name + ", which " + project.id() + " is not given",
                                "Add it to EnvironmentVariables in " + Delivery.PIPELINE_TEMPLATE
                                        + ", or let the script do without: ${" + name + ":-}");
                    }
                });
            }
        }
    }

    /** Artifacts beside the first are found by their names. */
    private static void otherSources(Delivery delivery, String specification, Set<String> given, Findings findings) {
        delivery.tree()
                .yaml(specification)
                .get("phases")
                .scalars()
                .forEach(command -> Pattern.compile("CODEBUILD_SRC_DIR_\\w+")
                        .matcher(command.text())
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> !given.contains(name))
                        .forEach(name -> findings.add(
                                command,
                                "looks into " + name + ", but the action has no such input artifact",
                                "Add it to the action's InputArtifacts or mend its name")));
    }

    private static void buildArguments(Delivery delivery, Findings findings) {
        Set<String> declared = Stream.of(Half.values())
                .flatMap(half -> delivery.dockerfile(half).buildArguments().stream())
                .collect(Collectors.toSet());
        Stream<String> scripts = delivery.tree().paths("(infra/.*\\.sh|\\.ci/.*)").stream();
        scripts.forEach(script -> Pattern.compile("--build-arg[= ]\"?'?([A-Za-z_][A-Za-z0-9_]*)")
                .matcher(delivery.tree().text(script))
                .results()
                .map(match -> match.group(1))
                .filter(argument -> !declared.contains(argument))
                .forEach(argument -> findings.add(
                        new Place(script, 0),
                        "passes the build argument " + argument + ", which no Dockerfile declares",
                        "Docker would only warn; declared are " + new TreeSet<>(declared))));
        delivery.compose().get("services").values().forEach(service -> {
            String file = service.at("build/dockerfile").text();
            Stream.of(Half.values())
                    .filter(half -> half.dockerfile.equals(file))
                    .forEach(half -> service.at("build/args").entries().forEach((argument, value) -> {
                        if (!delivery.dockerfile(half).buildArguments().contains(argument)) {
                            findings.add(
                                    value,
                                    "passes the build argument " + argument + ", which " + file + " does not declare",
                                    "Declare it with ARG or take it out");
                        }
                    }));
        });
        Stream.of(Half.values())
                .filter(half -> !delivery.dockerfile(half).buildArguments().contains("RELEASE"))
                .forEach(half -> findings.add(
                        new Place(half.dockerfile, 0),
                        "declares no ARG RELEASE",
                        "Without it nobody can tell which release answered"));
    }

    private static void reports(Delivery delivery, Findings findings) {
        boolean any = false;
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Resource project : pipeline.projects()) {
                String specification = Pipeline.buildSpec(project);
                if (!delivery.tree().has(specification)) {
                    continue;
                }
                Node reports = delivery.tree().yaml(specification).get("reports");
                any |= !reports.keys().isEmpty();
                reports.entries().forEach((name, report) -> {
                    if (report.get("files").items().isEmpty()) {
                        findings.add(report, "the report " + name + " has no files", "List the files of the results");
                    }
                });
                boolean may = Permissions.of(pipeline.stack()).stream()
                        .filter(permission ->
                                project.properties().get("ServiceRole").text().startsWith(permission.role()))
                        .anyMatch(permission -> permission.allows("codebuild:BatchPutTestCases"));
                if (!reports.keys().isEmpty() && !may) {
                    findings.add(
                            project.node(),
                            "the role of " + project.id() + " may not write the reports of " + specification,
                            "Allow codebuild:CreateReport, UpdateReport, BatchPutTestCases on its report groups");
                }
            }
        }
        if (!any) {
            findings.add(new Place(Half.BACKEND.buildSpec, 0), "no build reports its tests", "Add reports:");
        }
    }

    private static void migrationModes(Delivery delivery, Findings findings) {
        projects(delivery)
                .map(Pipeline::buildSpec)
                .distinct()
                .forEach(specification -> delivery.tree()
                        .yaml(specification)
                        .get("phases")
                        .scalars()
                        .forEach(command -> Pattern.compile("migrate\\.sh ([\\w-]+)")
                                .matcher(command.text())
                                .results()
                                .map(mode -> mode.group(1))
                                .filter(mode -> !delivery.backendVariables().mentions('"' + mode + '"'))
                                .forEach(mode -> findings.add(
                                        command,
                                        "starts the backend as " + mode + ", a mode that it does not have",
                                        "Modes are in io.tealdesk.database.DatabaseCommand"))));
    }
}
