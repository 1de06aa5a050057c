package io.tealdesk.rehearsal.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of CloudWatch's metric math that looks at one period at a time: arithmetic, comparisons, AND, OR, IF, FILL
 * with a number, MAX and MIN of an array. A period in which an operand has no data has no result.
 */
public final class MetricMath {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\\d+(?:\\.\\d+)?|\\.\\d+)|([A-Za-z][A-Za-z0-9_]*)|(<=|>=|==|!=|&&|\\|\\||[-+*/^<>()\\[\\],]))");

    private final Node root;
    private final Set<String> metrics;

    private MetricMath(Node root, Set<String> metrics) {
        this.root = root;
        this.metrics = Set.copyOf(metrics);
    }

    /** @throws UnsupportedExpression for anything that is not known here to mean the same as on AWS */
    public static MetricMath parse(String expression) {
        return new Parser(expression).parse();
    }

    /** The ids that it asks for. */
    public Set<String> metrics() {
        return metrics;
    }

    /**
     * @param period a metric's value in the period by the metric's id
     */
    public OptionalDouble value(Function<String, OptionalDouble> period) {
        return root.value(period);
    }

    /** Says which part of an expression is not played. */
    public static final class UnsupportedExpression extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        UnsupportedExpression(String what) {
            super(what);
        }
    }

    private interface Node {
        OptionalDouble value(Function<String, OptionalDouble> period);
    }

    private static final class Parser {

        private final String expression;
        private final List<String> tokens = new ArrayList<>();
        private final Set<String> metrics = new HashSet<>();
        private int next;

        Parser(String expression) {
            this.expression = expression;
            Matcher matcher = TOKEN.matcher(expression.strip());
            int end = 0;
            while (matcher.lookingAt()) {
                tokens.add(matcher.group().strip());
                end = matcher.end();
                matcher.region(end, matcher.regionEnd());
            }
            if (end != expression.strip().length()) {
                throw unsupported("what follows \"" + expression.strip().substring(0, end) + "\"");
            }
        }

        MetricMath parse() {
            Node root = or();
            if (next != tokens.size()) {
                throw unsupported("\"" + peek() + "\"");
            }
            return new MetricMath(root, metrics);
        }

        private Node or() {
            Node left = and();
            while (take("OR") || take("||")) {
                left = both(left, and(), (a, b) -> truth(a != 0 || b != 0));
            }
            return left;
        }

        private Node and() {
            Node left = comparison();
            while (take("AND") || take("&&")) {
                left = both(left, comparison(), (a, b) -> truth(a != 0 && b != 0));
            }
            return left;
        }

        private Node comparison() {
            Node left = sum();
            while (true) {
                if (take("<")) {
                    left = both(left, sum(), (a, b) -> truth(a < b));
                } else if (take("<=")) {
                    left = both(left, sum(), (a, b) -> truth(a <= b));
                } else if (take(">")) {
                    left = both(left, sum(), (a, b) -> truth(a > b));
                } else if (take(">=")) {
                    left = both(left, sum(), (a, b) -> truth(a >= b));
                } else if (take("==")) {
                    left = both(left, sum(), (a, b) -> truth(a == b));
                } else if (take("!=")) {
                    left = both(left, sum(), (a, b) -> truth(a != b));
                } else {
                    return left;
                }
            }
        }

        private Node sum() {
            Node left = product();
            while (true) {
                if (take("+")) {
                    left = both(left, product(), Double::sum);
                } else if (take("-")) {
                    left = both(left, product(), (a, b) -> a - b);
                } else {
                    return left;
                }
            }
        }

        private Node product() {
            Node left = factor();
            while (true) {
                if (take("*")) {
                    left = both(left, factor(), (a, b) -> a * b);
                } else if (take("/")) {
                    left = both(left, factor(), (a, b) -> a / b);
                } else {
                    return left;
                }
            }
        }

        private Node factor() {
            if (take("-")) {
                return both(number(0), factor(), (a, b) -> a - b);
            }
            if (take("(")) {
                Node inner = or();
                expect(")");
                return inner;
            }
            String token = peek();
            next++;
            if (Character.isDigit(token.charAt(0)) || token.startsWith(".")) {
                return number(Double.parseDouble(token));
            }
            if (!Character.isLetter(token.charAt(0))) {
                throw unsupported("\"" + token + "\"");
            }
            if (take("(")) {
                return function(token);
            }
            // CloudWatch wants metrics' ids to begin with a small letter; words in capitals are its own.
            if (!Character.isLowerCase(token.charAt(0))) {
                throw unsupported(token);
            }
            metrics.add(token);
            return period -> period.apply(token);
        }

        private Node function(String name) {
            return switch (name) {
                case "IF" -> condition();
                case "FILL" -> fill();
                case "MAX" -> extreme(Math::max);
                case "MIN" -> extreme(Math::min);
                default -> throw unsupported(name);
            };
        }

        private Node condition() {
            Node condition = or();
            expect(",");
            Node yes = or();
            expect(",");
            Node no = or();
            expect(")");
            return period -> {
                OptionalDouble holds = condition.value(period);
                if (holds.isEmpty()) {
                    return holds;
                }
                return holds.getAsDouble() == 0 ? no.value(period) : yes.value(period);
            };
        }

        private Node fill() {
            Node metric = or();
            expect(",");
            Node filling = or();
            expect(")");
            return period -> {
                OptionalDouble value = metric.value(period);
                return value.isPresent() ? value : filling.value(period);
            };
        }

        /** Of an array only: over a single metric it would be the greatest of all periods. */
        private Node extreme(DoubleBinaryOperator choice) {
            expect("[");
            List<Node> nodes = new ArrayList<>(List.of(or()));
            while (take(",")) {
                nodes.add(or());
            }
            expect("]");
            expect(")");
            return period -> nodes.stream()
                    .map(node -> node.value(period))
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .reduce(choice);
        }

        private static Node number(double value) {
            return ignored -> OptionalDouble.of(value);
        }

        private static Node both(Node left, Node right, DoubleBinaryOperator operator) {
            return period -> {
                OptionalDouble a = left.value(period);
                OptionalDouble b = right.value(period);
                if (a.isEmpty() || b.isEmpty()) {
                    return OptionalDouble.empty();
                }
                double result = operator.applyAsDouble(a.getAsDouble(), b.getAsDouble());
                return Double.isFinite(result) ? OptionalDouble.of(result) : OptionalDouble.empty();
            };
        }

        private static double truth(boolean holds) {
            return holds ? 1 : 0;
        }

        private boolean take(String token) {
            boolean isNext = next < tokens.size() && tokens.get(next).equals(token);
            if (isNext) {
                next++;
            }
            return isNext;
        }

        private void expect(String token) {
            if (!take(token)) {
                throw unsupported("\"" + peek() + "\" where \"" + token + "\" is expected");
            }
        }

        private String peek() {
            return next < tokens.size() ? tokens.get(next) : "the end";
        }

        private UnsupportedExpression unsupported(String what) {
            return new UnsupportedExpression(what + " in the expression " + expression.strip());
        }
    }
}
