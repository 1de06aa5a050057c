package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Stack;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the roles of a stack may do, whether the statement stands in the role or in a policy beside it. */
final class Permissions {

    /**
     * One Allow statement of a role.
     *
     * @param role the role's symbol without its closing brace, which its ARN begins with too
     */
    record Permission(String role, Resource owner, Node statement) {

        List<String> actions() {
            return statement.get("Action").texts();
        }

        List<Node> resources() {
            return statement.get("Resource").items();
        }

        boolean allows(String action) {
            return actions().stream().anyMatch(pattern -> matches(pattern, action));
        }
    }

    private Permissions() {}

    static List<Permission> of(Stack stack) {
        List<Permission> all = new ArrayList<>();
        BlueGreen.resources(stack, "AWS::IAM::Role")
                .forEach(role -> role.properties()
                        .get("Policies")
                        .items()
                        .forEach(policy -> statements(policy)
                                .forEach(statement ->
                                        all.add(new Permission(beginning(role.symbol()), role, statement)))));
        for (String type : List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy")) {
            BlueGreen.resources(stack, type)
                    .forEach(policy -> Stream.concat(
                                    policy.properties().get("Roles").texts().stream(),
                                    policy.properties().get("RoleName").texts().stream())
                            .forEach(role -> statements(policy.properties())
                                    .forEach(
                                            statement -> all.add(new Permission(beginning(role), policy, statement)))));
        }
        return all;
    }

    static Set<String> rolesThatMay(Stack stack, String action) {
        return of(stack).stream()
                .filter(permission -> permission.allows(action))
                .map(Permission::role)
                .collect(Collectors.toSet());
    }

    private static Stream<Node> statements(Node policy) {
        return policy.at("PolicyDocument/Statement").items().stream()
                .filter(statement -> statement.get("Effect").is("Allow"));
    }

    private static String beginning(String symbol) {
        return symbol.endsWith("}") ? symbol.substring(0, symbol.length() - 1) : symbol;
    }

    static boolean matches(String pattern, String action) {
        String expression =
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return action.matches("(?i)" + expression);
    }
}
