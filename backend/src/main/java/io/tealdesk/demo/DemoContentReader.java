package io.tealdesk.demo;

import io.tealdesk.demo.DemoContent.Agent;
import io.tealdesk.demo.DemoContent.Customer;
import io.tealdesk.demo.DemoContent.CustomerOrganisation;
import io.tealdesk.demo.DemoContent.Scenario;
import io.tealdesk.demo.DemoContent.Step;
import io.tealdesk.demo.DemoContent.TeamOfDesk;
import io.tealdesk.demo.DemoContent.Tone;
import io.tealdesk.demo.DemoContent.Voice;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads {@code resources/demo} and names file, entry and key when something in it is wrong. */
final class DemoContentReader {

    private static final Set<String> STEP_KEYS =
            Set.of("customer", "agent", "note", "then", "after", "by", "due", "attach");
    private static final Set<String> SCENARIO_KEYS = Set.of(
            "key",
            "team",
            "tags",
            "priority",
            "language",
            "who",
            "weight",
            "around",
            "ends",
            "slots",
            "subjects",
            "story");

    private DemoContentReader() {}

    static DemoContent read() {
        var resources = new PathMatchingResourcePatternResolver(DemoContentReader.class.getClassLoader());
        try {
            var desk = Node.of(resources.getResource("classpath:demo/desk.yaml"));
            var scenarios = new ArrayList<Scenario>();
            Resource[] files = resources.getResources("classpath:demo/scenarios/*.yaml");
            // The class path has no order of its own, and the same seed must tell the same tickets.
            Arrays.sort(files, Comparator.comparing(file -> String.valueOf(file.getFilename())));
            for (var file : files) {
                Node.of(file).elements().stream()
                        .map(DemoContentReader::scenario)
                        .forEach(scenarios::add);
            }
            return content(desk, scenarios);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static DemoContent content(Node desk, List<Scenario> scenarios) {
        var tones = desk.child("tones").map(DemoContentReader::tone);
        var organisations = desk.child("organisations").elements().stream()
                .map(node -> new CustomerOrganisation(
                        node.text("name"),
                        node.texts("kinds"),
                        node.text("sharesTickets", "false").equals("true")))
                .collect(Collectors.toMap(
                        CustomerOrganisation::name, each -> each, (first, second) -> first, LinkedHashMap::new));
        var customers = desk.child("customers").elements().stream()
                .map(node -> new Customer(
                        node.text("name"),
                        node.text("email"),
                        node.pick(organisations, "organisation"),
                        node.pick(tones, "tone"),
                        node.text("language", "en"),
                        Integer.parseInt(node.text("load"))))
                .toList();
        return new DemoContent(
                desk.child("teams").elements().stream()
                        .map(node -> new TeamOfDesk(
                                node.text("name"),
                                node.text("description"),
                                node.text("default", "false").equals("true")))
                        .toList(),
                desk.child("administrator").text("name"),
                desk.child("administrator").text("email"),
                desk.child("agents").elements().stream()
                        .map(DemoContentReader::agent)
                        .toList(),
                List.copyOf(organisations.values()),
                customers,
                tones,
                desk.child("agentPhrases").map(DemoContentReader::tone),
                desk.child("thanks").map(Node::asTexts),
                desk.child("comebacks").map(Node::asTexts),
                desk.child("vagueSubjects").map(Node::asTexts),
                desk.child("slots").map(Node::asTexts),
                List.copyOf(scenarios));
    }

    private static Agent agent(Node node) {
        var languages = node.texts("languages");
        return new Agent(
                node.text("name"),
                node.text("email"),
                node.texts("teams"),
                languages.isEmpty() ? List.of("en") : languages,
                Integer.parseInt(node.text("load")),
                tone(node));
    }

    private static Tone tone(Node node) {
        return new Tone(node.texts("greetings"), node.texts("signOffs"));
    }

    private static Scenario scenario(Node node) {
        node.allowOnly(SCENARIO_KEYS);
        var around = node.text("around", "");
        return new Scenario(
                node.text("key"),
                node.text("team"),
                node.texts("tags").stream().sorted().toList(),
                TicketPriority.valueOf(node.text("priority", "MEDIUM")),
                node.text("language", "en"),
                node.texts("who"),
                Integer.parseInt(node.text("weight", "1")),
                around.isEmpty() ? null : Integer.valueOf(around),
                node.text("ends", "").equals("CANCELLED"),
                node.child("slots").map(Node::asTexts),
                node.texts("subjects"),
                node.child("story").elements().stream()
                        .map(DemoContentReader::step)
                        .toList());
    }

    private static Step step(Node node) {
        node.allowOnly(STEP_KEYS);
        var voice = Arrays.stream(Voice.values())
                .filter(each -> node.has(key(each)))
                .findFirst()
                .orElseThrow(() -> node.wrong("says nothing"));
        var then = node.text("then", "");
        var by = node.text("by", "");
        return new Step(
                voice,
                node.texts(key(voice)),
                then.isEmpty() ? null : TicketStatus.valueOf(then),
                duration(node.text("after", "")),
                by.isEmpty() ? null : by,
                duration(node.text("due", "")),
                node.texts("attach"));
    }

    private static String key(Voice voice) {
        return voice.name().toLowerCase(Locale.ROOT);
    }

    /** Such as {@code 20m}, {@code 3h} or {@code 2d}. */
    private static @Nullable Duration duration(String text) {
        if (text.isEmpty()) {
            return null;
        }
        var isDays = text.endsWith("d");
        return Duration.parse(isDays ? "P" + text : "PT" + text);
    }

    private record Node(@Nullable Object value, String where) {

        static Node of(Resource file) throws IOException {
            try (InputStream stream = file.getInputStream()) {
                Object value = new Yaml(new SafeConstructor(new LoaderOptions())).load(stream);
                return new Node(value, String.valueOf(file.getFilename()));
            }
        }

        boolean has(String key) {
            return value instanceof Map<?, ?> map && map.containsKey(key);
        }

        Node child(String key) {
            return new Node(value instanceof Map<?, ?> map ? map.get(key) : null, where + " › " + key);
        }

        List<Node> elements() {
            var elements = new ArrayList<Node>();
            if (value instanceof List<?> list) {
                list.forEach(each -> elements.add(new Node(each, where + "[" + elements.size() + "]")));
            }
            return elements;
        }

        <T> Map<String, T> map(Function<Node, T> reading) {
            var result = new LinkedHashMap<String, T>();
            if (value instanceof Map<?, ?> map) {
                map.keySet().forEach(key -> result.put(key.toString(), reading.apply(child(key.toString()))));
            }
            return result;
        }

        String text(String key) {
            if (!has(key)) {
                throw wrong("has no " + key);
            }
            return String.valueOf(child(key).value);
        }

        String text(String key, String otherwise) {
            return has(key) ? text(key) : otherwise;
        }

        List<String> texts(String key) {
            return child(key).asTexts();
        }

        List<String> asTexts() {
            if (value == null) {
                return List.of();
            }
            return value instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of(value.toString());
        }

        <T> T pick(Map<String, T> from, String key) {
            T picked = from.get(text(key));
            if (picked == null) {
                throw wrong("names an unknown " + key + ": " + text(key));
            }
            return picked;
        }

        void allowOnly(Set<String> keys) {
            if (value instanceof Map<?, ?> map) {
                map.keySet().stream()
                        .filter(key -> !keys.contains(key.toString()))
                        .findAny()
                        .ifPresent(key -> {
                            throw wrong("has an unknown key: " + key);
                        });
            }
        }

        IllegalStateException wrong(String what) {
            return new IllegalStateException("Demo content: " + where + " " + what);
        }
    }
}
