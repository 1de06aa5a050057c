package io.tealdesk.rehearsal.bench.desk;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What people write. Sentences are made once and drawn from a stock, some far more often than others, because six million
 * made anew would take longer than to load them; a word that only one message has comes as the number of an order.
 */
final class Prose {

    /** Nearly every fifth ticket speaks of one. */
    static final String COMMON_WORD = "invoice";
    /** Two or three of ten thousand messages. */
    static final String PHRASE = "second floor printer";
    /** One of a hundred thousand messages. */
    static final String RARE_WORD = "kumquatometer";

    static final String ABSENT_WORD = "xylotheque";

    private static final int SENTENCES = 6_000;
    private static final int SUBJECTS = 4_000;
    private static final int MADE_UP = 6_000;
    private static final int PHRASE_ONE_OF = 4_000;
    private static final int RARE_ONE_OF = 100_000;
    private static final String CONSONANTS = "bcdfghjklmnprstvwz";
    private static final String VOWELS = "aeiou";

    private final Map<Tongue, List<String>> sentences = new EnumMap<>(Tongue.class);
    private final Map<Tongue, List<String>> subjects = new EnumMap<>(Tongue.class);
    private final Zipf ofSentences = new Zipf(SENTENCES, 0.6);
    private final Zipf ofSubjects = new Zipf(SUBJECTS, 0.7);

    Prose(long seed) {
        for (Tongue tongue : Tongue.values()) {
            var random = new SplittableRandom(seed + tongue.name().hashCode());
            List<String> words = new ArrayList<>(tongue.words());
            for (int word = 0; word < MADE_UP; word++) {
                words.add(madeUp(random));
            }
            List<String> littleWords = tongue.littleWords();
            Zipf ofWords = new Zipf(words.size(), 0.9);
            List<String> all = new ArrayList<>();
            for (int sentence = 0; sentence < SENTENCES; sentence++) {
                all.add(sentence(littleWords, words, ofWords, random));
            }
            sentences.put(tongue, all);
            List<String> titles = new ArrayList<>();
            for (int subject = 0; subject < SUBJECTS; subject++) {
                titles.add(subject(words, ofWords, random));
            }
            subjects.put(tongue, titles);
        }
    }

    private static String madeUp(RandomGenerator random) {
        StringBuilder word = new StringBuilder();
        int syllables = 2 + random.nextInt(3);
        for (int syllable = 0; syllable < syllables; syllable++) {
            word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
                    .append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return word.toString();
    }

    private static String sentence(List<String> littleWords, List<String> words, Zipf ofWords, RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = 5 + random.nextInt(9);
        for (int word = 0; word < length; word++) {
            boolean isLittle = random.nextInt(100) < 45;
            String next =
                    isLittle ? littleWords.get(random.nextInt(littleWords.size())) : words.get(ofWords.draw(random));
            text.append(word == 0 ? capitalised(next) : " " + next);
        }
        return text.append(random.nextInt(6) == 0 ? "?" : ".").toString();
    }

    private static String subject(List<String> words, Zipf ofWords, RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = 3 + random.nextInt(4);
        for (int word = 0; word < length; word++) {
            String next = words.get(ofWords.draw(random));
            text.append(word == 0 ? capitalised(next) : " " + next);
        }
        return text.toString();
    }

    private static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    String subject(Tongue tongue, RandomGenerator random) {
        return drawn(subjects, tongue, ofSubjects, random);
    }

    String message(Tongue tongue, RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(4);
        for (int sentence = 0; sentence < count; sentence++) {
            text.append(sentence == 0 ? "" : " ").append(drawn(sentences, tongue, ofSentences, random));
        }
        if (random.nextInt(4) == 0) {
            text.append(" AB-").append(100_000 + random.nextInt(9_900_000));
        }
        if (random.nextInt(PHRASE_ONE_OF) == 0) {
            text.append(" It is the ").append(PHRASE).append('.');
        }
        if (random.nextInt(RARE_ONE_OF) == 0) {
            text.append(" The ").append(RARE_WORD).append(" shows nothing.");
        }
        return text.toString();
    }

    private static String drawn(Map<Tongue, List<String>> from, Tongue tongue, Zipf zipf, RandomGenerator random) {
        List<String> all = from.get(tongue);
        if (all == null) {
            throw new IllegalStateException("Nothing was made for " + tongue);
        }
        return all.get(zipf.draw(random));
    }
}
