package io.tealdesk.infra.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The repository keeps every rule, and each rule sees when it is broken. */
class RulesTests {

    private static final SourceTree REPOSITORY =
            SourceTree.at(Path.of("..").toAbsolutePath().normalize());
    private static final Delivery DELIVERY = new Delivery(REPOSITORY);

    static Stream<Rule> rules() {
        return Rules.all();
    }

    static Stream<Breakage> breakages() {
        return Breakages.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theRepositoryKeeps(Rule rule) {
        assertThat(rule.findings(DELIVERY)).as(rule.sentence()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void aRuleSees(Breakage breakage) {
        Rule rule = rules().filter(each -> each.name().equals(breakage.rule()))
                .findFirst()
                .orElseThrow();
        SourceTree broken = breakage.change().apply(REPOSITORY);

        List<Finding> findings = rule.findings(new Delivery(broken));

        assertThat(findings)
                .as("%s, after: %s", rule.sentence(), breakage.what())
                .extracting(Finding::toString)
                .anyMatch(finding -> finding.contains(breakage.finding()));
    }

    @Test
    void noExceptionOutlivesItsUse() {
        Set<String> used = DELIVERY.environmentsAndChoices().stream()
                .flatMap(Stacks::all)
                .flatMap(stack -> Permissions.of(stack).stream())
                .filter(permission -> permission.resources().stream().anyMatch(resource -> resource.is("*")))
                .flatMap(permission -> permission.actions().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(AccessRules.ONLY_ON_EVERYTHING.keySet()).containsExactlyInAnyOrderElementsOf(used);
    }

    /** {@code mvn -pl infra test -Dtest=RulesTests -Drules.write} writes the list anew. */
    @Test
    void theListOfRulesIsCurrent() throws IOException {
        String list = listOfRules();
        if (System.getProperty("rules.write") != null) {
            Files.writeString(Path.of("RULES.md"), list);
        }

        assertThat(Path.of("RULES.md")).content().isEqualTo(list);
    }

    private static String listOfRules() {
        StringBuilder list = new StringBuilder("""
                # Rules of the delivery

                What the files between a push and live traffic have to keep together. `mvn -pl infra test` checks them in each
                environment and in each with one choice made differently; a finding says the file, the line, what disagrees with
                what, and how to mend it. Each rule is proven by changes to the real files that it has to see: the number behind
                its name (`Breakages`). A test keeps this list current; `-Drules.write` writes it. What one file alone can have
                wrong is the linters' business: `infra/lint.sh`.
                """);
        Rules.byChapter().forEach((chapter, rules) -> {
            list.append("\n## ").append(chapter).append("\n\n");
            rules.forEach(rule -> list.append("- **")
                    .append(rule.name())
                    .append("** (")
                    .append(breakages()
                            .filter(breakage -> breakage.rule().equals(rule.name()))
                            .count())
                    .append("): ")
                    .append(rule.sentence())
                    .append(".\n"));
        });
        return list.toString();
    }

    @Test
    void everyRuleIsBrokenByAFixture() {
        Set<String> broken = breakages().map(Breakage::rule).collect(Collectors.toCollection(TreeSet::new));

        assertThat(rules().map(Rule::name)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(broken);
    }
}
