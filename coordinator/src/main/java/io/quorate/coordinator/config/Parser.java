package io.quorate.coordinator.config;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Turns the text of one setting into its value. {@code expects} says what would be right, in words that fit after "expected";
 * {@code unit} is empty for what has none. {@code read} throws {@link IllegalArgumentException} for anything else.
 */
record Parser(String expects, String unit, Function<String, Object> read) {

    /** No lower bound: for keys where ZooKeeper takes every number of zero or less for "off". */
    static final long ANY = Long.MIN_VALUE;

    private static final List<String> WILDCARDS = List.of("*", "0.0.0.0", "::", "[::]");

    static Parser text() {
        return new Parser("text", "", text -> text);
    }

    /** A list of words separated by commas; an empty list is allowed. */
    static Parser words() {
        Function<String, Object> split = text -> List.of(text.split(",", -1)).stream()
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .toList();
        return new Parser("words separated by commas", "", split);
    }

    static Parser path() {
        return new Parser("a path", "", text -> Path.of(nonEmpty(text)));
    }

    /** A host name or address; all spellings of "every interface" become the empty text. */
    static Parser host() {
        return new Parser("a host name or address", "", text -> WILDCARDS.contains(nonEmpty(text)) ? "" : text);
    }

    static Parser port() {
        return whole(0, 65_535);
    }

    /** True and false in any case; ZooKeeper's rule for the keys it parses itself. */
    static Parser bool() {
        return new Parser("true or false", "", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** Exactly "yes" and "no": ZooKeeper takes every other spelling for the default, which is never what was meant. */
    static Parser yesNo() {
        return new Parser("yes or no, in lower case", "", text -> switch (text) {
            case "yes" -> Boolean.TRUE;
            case "no" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException(text);
        });
    }

    static Parser oneOf(String... words) {
        List<String> known = List.of(words);
        String expects = known.size() == 1 ? known.get(0) : "one of " + String.join(", ", known);
        return new Parser(expects, "", text -> {
            require(known.contains(text), text);
            return text;
        });
    }

    /** Like {@link #oneOf}, but the case does not matter; the value is in lower case. */
    static Parser oneOfAnyCase(String... words) {
        Parser exact = oneOf(words);
        return new Parser(exact.expects, "", text -> exact.read.apply(text.toLowerCase(Locale.ROOT)));
    }

    static Parser whole(long min) {
        return whole(min, Integer.MAX_VALUE);
    }

    static Parser whole(long min, long max) {
        String from = min == ANY ? "a whole number" : "a whole number from " + min;
        return new Parser(from + " up to " + max, "", text -> {
            long value = Long.parseLong(text);
            require(min <= value && value <= max, text);
            return value;
        });
    }

    static Parser hexadecimal() {
        return new Parser("a hexadecimal number", "", text -> Long.parseLong(text, 16));
    }

    static Parser decimal() {
        return new Parser("a decimal number", "", Double::valueOf);
    }

    static Parser millis(long min) {
        return whole(min).in("ms");
    }

    static Parser bytes(long min) {
        return whole(min).in("bytes");
    }

    static Parser kibibytes(long min) {
        return whole(min, Long.MAX_VALUE >> 10).in("KiB");
    }

    static Parser mebibytes(long min) {
        return whole(min, Long.MAX_VALUE >> 20).in("MiB");
    }

    Parser in(String newUnit) {
        return new Parser(expects, newUnit, read);
    }

    /** The name of a message digest that this JVM has. */
    static Parser digestAlgorithm() {
        return new Parser("a digest algorithm this JVM has, such as SHA1, SHA-256 or SHA3-256", "", text -> {
            require(isDigest(text), text);
            return text;
        });
    }

    private static boolean isDigest(String name) {
        try {
            return MessageDigest.getInstance(name) != null;
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }

    private static String nonEmpty(String text) {
        require(!text.isEmpty(), text);
        return text;
    }

    private static void require(boolean holds, String text) {
        if (!holds) {
            throw new IllegalArgumentException(text);
        }
    }
}
