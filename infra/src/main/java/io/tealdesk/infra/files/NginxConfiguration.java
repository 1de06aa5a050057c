package io.tealdesk.infra.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An Nginx configuration as its directives; a block directive holds others. */
public record NginxConfiguration(List<Directive> directives) {

    public record Directive(Place place, String name, List<String> arguments, List<Directive> block) {

        public String argument(int index) {
            return index < arguments.size() ? arguments.get(index) : "";
        }

        public Stream<Directive> walk() {
            return Stream.concat(Stream.of(this), block.stream().flatMap(Directive::walk));
        }

        public Stream<Directive> directly(String wanted) {
            return block.stream().filter(directive -> directive.name().equals(wanted));
        }
    }

    private record Token(int line, String text) {}

    public static NginxConfiguration read(SourceTree tree, List<String> files) {
        List<Directive> all = new ArrayList<>();
        for (String file : files) {
            List<Token> tokens = tokens(tree.text(file));
            int[] next = {0};
            all.addAll(block(file, tokens, next));
        }
        return new NginxConfiguration(all);
    }

    public Stream<Directive> all(String name) {
        return directives.stream()
                .flatMap(Directive::walk)
                .filter(directive -> directive.name().equals(name));
    }

    public Optional<Directive> first(String name) {
        return all(name).findFirst();
    }

    /** The block of {@code location = /healthz}, {@code location /assets/} …: the arguments joined by a blank. */
    public Optional<Directive> location(String arguments) {
        return all("location")
                .filter(location -> String.join(" ", location.arguments()).equals(arguments))
                .findFirst();
    }

    private static List<Directive> block(String file, List<Token> tokens, int[] next) {
        List<Directive> directives = new ArrayList<>();
        List<Token> words = new ArrayList<>();
        while (next[0] < tokens.size()) {
            Token token = tokens.get(next[0]++);
            switch (token.text()) {
                case ";" -> {
                    add(directives, file, words, List.of());
                    words.clear();
                }
                case "{" -> {
                    add(directives, file, words, block(file, tokens, next));
                    words.clear();
                }
                case "}" -> {
                    return directives;
                }
                default -> words.add(token);
            }
        }
        return directives;
    }

    private static void add(List<Directive> directives, String file, List<Token> words, List<Directive> block) {
        if (!words.isEmpty()) {
            List<String> arguments = words.stream().skip(1).map(Token::text).toList();
            Place place = new Place(file, words.getFirst().line());
            directives.add(new Directive(place, words.getFirst().text(), arguments, block));
        }
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        int line = 1;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == ';' || c == '{' || c == '}') {
                tokens.add(new Token(line, String.valueOf(c)));
                at++;
            } else if (c == '"' || c == '\'') {
                int begin = line;
                int end = text.indexOf(c, at + 1);
                end = end < 0 ? text.length() : end;
                String quoted = text.substring(at + 1, end);
                line += (int) quoted.chars().filter(each -> each == '\n').count();
                tokens.add(new Token(begin, quoted));
                at = end + 1;
            } else {
                int end = at;
                while (end < text.length() && !isDelimiter(text, end)) {
                    // ${variable} and a regular expression's {2,} belong to the word.
                    end++;
                }
                tokens.add(new Token(line, text.substring(at, end)));
                at = end;
            }
        }
        return tokens;
    }

    private static boolean isDelimiter(String text, int at) {
        char c = text.charAt(at);
        boolean braceOfVariable = c == '{' && at > 0 && text.charAt(at - 1) == '$';
        boolean closesVariable = c == '}' && text.lastIndexOf("${", at) > text.lastIndexOf('}', at - 1);
        return Character.isWhitespace(c) || c == ';' || (c == '{' && !braceOfVariable) || (c == '}' && !closesVariable);
    }
}
