package io.tealdesk.infra.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the readers make of files, on small ones of their own. */
class ReadersTests {

    @TempDir
    Path empty;

    private SourceTree tree;

    @BeforeEach
    void beginWithNothing() {
        tree = SourceTree.at(empty);
    }

    private Node yaml(String text) {
        return tree.with("file.yaml", text).yaml("file.yaml");
    }

    @Test
    void aShortTagIsTheLongForm() {
        Node node = yaml("a: !Sub ${X}-y\nb: !GetAtt Role.Arn\nc: !If [C, !Ref A, !Ref AWS::NoValue]\n");

        assertThat(node.at("a/Fn::Sub").text()).isEqualTo("${X}-y");
        assertThat(node.at("b/Fn::GetAtt").texts()).containsExactly("Role", "Arn");
        assertThat(node.at("c/Fn::If/1/Ref").text()).isEqualTo("A");
    }

    @Test
    void aNodeKnowsItsLineAndAnAbsentOneItsPath() {
        Node node = yaml("a:\n  b:\n    - x\n    - name: y\n");

        assertThat(node.at("a/b/[name=y]/name").place()).hasToString("file.yaml:4");
        assertThat(node.at("a/b").place()).as("the line of its key").hasToString("file.yaml:2");
        assertThat(node.at("a/b/7/name").isAbsent()).isTrue();
        assertThat(node.at("a/c/d").path()).isEqualTo("a/c/d");
    }

    @Test
    void jsonIsReadAlike() {
        Node node = tree.with("x.json", "{\"a\": [1, {\"b\": \"2\"}]}").yaml("x.json");

        assertThat(node.at("a/0").numberOr(0)).isEqualTo(1);
        assertThat(node.at("a/1/b").isQuoted()).isTrue();
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThatExceptionOfType(UnreadableFile.class)
                .isThrownBy(() -> yaml("a: 1\nb: 2\na: 3\n"))
                .withMessage("file.yaml:3: the key a stands here twice");
    }

    @Test
    void aKeyThatIsNoTextIsRefused() {
        assertThatExceptionOfType(UnreadableFile.class)
                .isThrownBy(() -> yaml("a: 1\nb: {{NAME}}\n"))
                .withMessage("file.yaml:2: a key has to be a plain text");
    }

    @Test
    void whatIsNoYamlIsCalledSo() {
        assertThatExceptionOfType(UnreadableFile.class)
                .isThrownBy(() -> yaml("a: \"1\nb: 2\n"))
                .withMessage("file.yaml:3: this is no YAML: found unexpected end of stream");
        assertThatExceptionOfType(UnreadableFile.class)
                .isThrownBy(() -> yaml("a: 1\n---\nb: 2\n"))
                .withMessage("file.yaml:2: this is no YAML: expected a single document in the stream,"
                        + " but found another document");
    }

    @Test
    void anAliasInsideItselfIsRefused() {
        assertThatExceptionOfType(UnreadableFile.class)
                .isThrownBy(() -> yaml("a: 1\nb: &all [1, *all]\n"))
                .withMessage("file.yaml:2: what an alias stands for contains the alias itself");
    }

    @Test
    void aChangedCopyLeavesItsOriginalAlone() {
        SourceTree original = tree.with("a.yaml", "x: {y: [1, 2]}");
        SourceTree changed = original.with("a.yaml", node -> node.with("x/y/1", Node.text(node.place(), "", "3")));

        assertThat(original.yaml("a.yaml")).hasToString("{x: {y: [1, 2]}}");
        assertThat(changed.yaml("a.yaml")).hasToString("{x: {y: [1, 3]}}");
    }

    @Test
    void aTemplateIsEvaluatedForItsEnvironment() {
        Stack service = stacks("\"Size\": \"large\"").stack("service");

        assertThat(service.properties("Queue"))
                .hasToString("{Name: tealdesk-test-service-queue, Size: 10, Subnets: [${network:A}, ${network:B}]}");
        assertThat(service.resource("OnlySmall").isAbsent()).isTrue();
        assertThat(service.problems()).isEmpty();
    }

    @Test
    void anotherChoiceIsEvaluatedFromTheSameFiles() {
        SourceTree files = files("\"Size\": \"large\"");
        Stacks small = Stacks.of(files, "test").with(files, "service", "Size", "small");

        assertThat(small.stack("service").properties("Queue").get("Size").text())
                .isEqualTo("1");
        assertThat(small.stack("service").resource("OnlySmall").isPresent()).isTrue();
    }

    @Test
    void whatOnlyAwsKnowsIsOneSymbolSeenFromAnyStack() {
        Stacks stacks = stacks("\"Size\": \"large\"");

        assertThat(stacks.stack("service").properties("Group").get("Id").text())
                .isEqualTo(stacks.stack("network").symbol("Group"));
    }

    @Test
    void anImportThatNobodyExportsIsAProblem() {
        SourceTree files = files("\"Size\": \"large\"");
        String broken = files.text("infra/cloudformation/service.yaml").replace("-Subnets", "-Subnetz");
        Stack service = Stacks.of(files.with("infra/cloudformation/service.yaml", broken), "test")
                .stack("service");

        assertThat(service.problems())
                .extracting(problem -> problem.place() + ": " + problem.what())
                .containsExactly("infra/cloudformation/service.yaml:13: imports tealdesk-test-network-Subnetz,"
                        + " which no stack deployed before this one exports");
    }

    private Stacks stacks(String serviceParameters) {
        return Stacks.of(files(serviceParameters), "test");
    }

    private SourceTree files(String serviceParameters) {
        return tree.with("infra/cloudformation/network.yaml", """
                        Resources:
                          A: {Type: AWS::EC2::Subnet}
                          B: {Type: AWS::EC2::Subnet}
                          Group: {Type: AWS::EC2::SecurityGroup}
                        Outputs:
                          Subnets:
                            Value: !Join [",", [!Ref A, !Ref B]]
                            Export: {Name: !Sub "${AWS::StackName}-Subnets"}
                          Group:
                            Value: !GetAtt Group.GroupId
                            Export: {Name: !Sub "${AWS::StackName}-Group"}
                        """)
                .with("infra/cloudformation/service.yaml", """
                        Parameters:
                          NetworkStack: {Type: String}
                          Size: {Type: String, Default: small, AllowedValues: [small, large]}
                        Conditions:
                          IsSmall: !Equals [!Ref Size, small]
                        Resources:
                          Queue:
                            Type: X
                            Properties:
                              Name: !Sub "${AWS::StackName}-queue"
                              Size: !If [IsSmall, 1, 10]
                              Nothing: !If [IsSmall, 1, !Ref AWS::NoValue]
                              Subnets: !Split [",", !ImportValue {"Fn::Sub": "${NetworkStack}-Subnets"}]
                          Group:
                            Type: X
                            Properties:
                              Id: !ImportValue {"Fn::Sub": "${NetworkStack}-Group"}
                          OnlySmall:
                            Condition: IsSmall
                            Type: X
                        """)
                .with(
                        "infra/cloudformation/environments/test.json",
                        "{\"Stacks\": {\"service\": {" + serviceParameters + "}}}");
    }

    @Test
    void aDockerfileIsItsStagesAndTheirInstructions() {
        Dockerfile dockerfile = Dockerfile.read(tree.with("Dockerfile", """
                        ARG VERSION=1
                        FROM a:1 AS build
                        # a comment
                        RUN one \\
                            && two
                        FROM a:2 AS base
                        USER 5:5
                        FROM base
                        COPY --from=build --chown=5 /x /y
                        ENTRYPOINT ["java", "-jar"]
                        """), "Dockerfile");

        assertThat(dockerfile.stages()).extracting(Dockerfile.Stage::name).containsExactly("build", "base", "2");
        assertThat(dockerfile.stages().getFirst().instructions().getFirst().arguments())
                .matches("one\\s+&& two");
        assertThat(dockerfile.effective("USER").orElseThrow().arguments()).isEqualTo("5:5");
        assertThat(dockerfile.effective("ENTRYPOINT").orElseThrow().execForm()).containsExactly("java", "-jar");
        assertThat(dockerfile.runtime().all("COPY").getFirst().words()).containsExactly("/x", "/y");
        assertThat(dockerfile.buildArguments()).containsExactly("VERSION");
    }

    @Test
    void nginxDirectivesNestAndKeepTheirVariablesAndQuotes() {
        NginxConfiguration nginx = NginxConfiguration.read(tree.with("nginx.conf", """
                        http { # a comment; with { braces }
                            map $uri $kind { "~^/a;b" "x y"; default ${kind}; }
                            server { listen 80 default_server; location = /healthz { return 200 "ok\\n"; } }
                        }
                        """), List.of("nginx.conf"));

        assertThat(nginx.first("listen").orElseThrow().arguments()).containsExactly("80", "default_server");
        assertThat(nginx.location("= /healthz").orElseThrow().place()).hasToString("nginx.conf:3");
        assertThat(nginx.first("default").orElseThrow().argument(0)).isEqualTo("${kind}");
        assertThat(nginx.first("~^/a;b").orElseThrow().argument(0)).isEqualTo("x y");
    }
}
