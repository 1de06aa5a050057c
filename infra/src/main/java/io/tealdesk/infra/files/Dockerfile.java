package io.tealdesk.infra.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Dockerfile as its instructions, in stages. Comments are dropped, continued lines joined. */
public record Dockerfile(String file, List<Instruction> beforeStages, List<Stage> stages) {

    /** @param arguments what follows the name, as one line */
    public record Instruction(Place place, String name, String arguments) {

        public boolean is(String wanted) {
            return name.equals(wanted);
        }

        /** The arguments of an exec form, {@code ["a", "b"]}; empty for a shell form. */
        public List<String> execForm() {
            if (!arguments.startsWith("[")) {
                return List.of();
            }
            return YamlReader.read(place.file(), arguments).texts();
        }

        /** The words without options such as {@code --chown=…}. */
        public List<String> words() {
            return Stream.of(arguments.split("\\s+"))
                    .filter(word -> !word.startsWith("--"))
                    .toList();
        }

        public Optional<String> option(String option) {
            return Stream.of(arguments.split("\\s+"))
                    .filter(word -> word.startsWith("--" + option + "="))
                    .map(word -> word.substring(option.length() + 3))
                    .findFirst();
        }
    }

    public record Stage(Place place, String image, String name, List<Instruction> instructions) {

        public List<Instruction> all(String instruction) {
            return instructions.stream().filter(each -> each.is(instruction)).toList();
        }

        public Optional<Instruction> last(String instruction) {
            return all(instruction).stream().reduce((first, second) -> second);
        }
    }

    private static final Pattern INSTRUCTION = Pattern.compile("^\\s*([A-Za-z]+)\\s+(.*)$");

    public static Dockerfile read(SourceTree tree, String file) {
        List<Instruction> before = new ArrayList<>();
        List<Stage> stages = new ArrayList<>();
        for (Instruction instruction : instructions(file, tree.lines(file))) {
            if (instruction.is("FROM")) {
                List<String> words = instruction.words();
                boolean named = words.size() > 2 && words.get(1).equalsIgnoreCase("as");
                String name = named ? words.get(2) : String.valueOf(stages.size());
                stages.add(new Stage(instruction.place(), words.getFirst(), name, new ArrayList<>()));
            } else if (stages.isEmpty()) {
                before.add(instruction);
            } else {
                stages.getLast().instructions().add(instruction);
            }
        }
        if (stages.isEmpty()) {
            throw new UnreadableFile(new Place(file, 0), "has no FROM", null);
        }
        return new Dockerfile(file, before, stages);
    }

    private static List<Instruction> instructions(String file, List<String> lines) {
        List<Instruction> found = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int begin = 0;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            if (joined.isEmpty()) {
                begin = number;
            }
            if (line.stripTrailing().endsWith("\\")) {
                String stripped = line.stripTrailing();
                joined.append(stripped, 0, stripped.length() - 1).append(' ');
                continue;
            }
            Matcher matcher = INSTRUCTION.matcher(joined.append(line));
            if (matcher.matches()) {
                String name = matcher.group(1).toUpperCase(Locale.ROOT);
                found.add(new Instruction(
                        new Place(file, begin), name, matcher.group(2).strip()));
            }
            joined.setLength(0);
        }
        return found;
    }

    /** What is run: the last stage. */
    public Stage runtime() {
        return stages.getLast();
    }

    /** The names that a build may set, with where each is declared. */
    public List<String> buildArguments() {
        return Stream.concat(beforeStages.stream(), stages.stream().flatMap(stage -> stage.instructions().stream()))
                .filter(instruction -> instruction.is("ARG"))
                .flatMap(instruction -> instruction.words().stream())
                .map(word -> word.split("=", 2)[0])
                .distinct()
                .toList();
    }

    /** The last stage's instruction, also where it is inherited from an earlier stage of this file. */
    public Optional<Instruction> effective(String instruction) {
        Stage stage = runtime();
        for (int depth = 0; depth < stages.size(); depth++) {
            Optional<Instruction> found = stage.last(instruction);
            if (found.isPresent()) {
                return found;
            }
            String parent = stage.image();
            Optional<Stage> base =
                    stages.stream().filter(each -> each.name().equals(parent)).findFirst();
            if (base.isEmpty()) {
                return Optional.empty();
            }
            stage = base.get();
        }
        return Optional.empty();
    }
}
