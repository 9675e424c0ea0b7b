package io.quorate.groups.layout;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a member wants: topics, or one regular expression, each with a number of streams (consumer-groups A2). Immutable.
 *
 * @param pattern how the keys of {@code streams} are meant
 * @param streams topic, or regular expression, to number of streams, each at least 1
 */
public record Subscription(SubscriptionPattern pattern, SortedMap<String, Integer> streams) {
    private static final Set<String> INTERNAL = Set.of("__consumer_offsets", "__transaction_state");

    public Subscription {
        streams = Collections.unmodifiableSortedMap(new TreeMap<>(streams));
        if (pattern != SubscriptionPattern.STATIC && streams.size() != 1) {
            throw new IllegalArgumentException("one regular expression is wanted, not " + streams.keySet());
        }
        if (streams.values().stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("less than one stream: " + streams);
        }
    }

    /** These topics, with one stream each. */
    public static Subscription topics(Collection<String> topics) {
        SortedMap<String, Integer> streams = new TreeMap<>();
        topics.forEach(topic -> streams.put(topic, 1));
        return new Subscription(SubscriptionPattern.STATIC, streams);
    }

    /** These topics, each with a number of streams. */
    public static Subscription topics(Map<String, Integer> streams) {
        return new Subscription(SubscriptionPattern.STATIC, new TreeMap<>(streams));
    }

    /** All topics whose whole name matches. */
    public static Subscription whiteList(String regex, int streams) {
        return new Subscription(SubscriptionPattern.WHITE_LIST, new TreeMap<>(Map.of(normalized(regex), streams)));
    }

    /** All topics whose whole name does not match. */
    public static Subscription blackList(String regex, int streams) {
        return new Subscription(SubscriptionPattern.BLACK_LIST, new TreeMap<>(Map.of(normalized(regex), streams)));
    }

    /**
     * Which of the existing topics are meant, and with how many streams; a topic named by its name is meant whether it exists
     * or not. An expression that is none matches nothing.
     */
    public SortedMap<String, Integer> expand(Collection<String> existing, boolean excludeInternal) {
        if (pattern == SubscriptionPattern.STATIC) {
            return streams;
        }
        SortedMap<String, Integer> found = new TreeMap<>();
        for (String topic : matching(existing)) {
            if (!excludeInternal || !INTERNAL.contains(topic)) {
                found.put(topic, streams.get(streams.firstKey()));
            }
        }
        return found;
    }

    private Set<String> matching(Collection<String> existing) {
        Set<String> found = new TreeSet<>();
        try {
            Pattern regex = Pattern.compile(normalized(streams.firstKey()));
            boolean wanted = pattern == SubscriptionPattern.WHITE_LIST;
            existing.stream().filter(t -> regex.matcher(t).matches() == wanted).forEach(found::add);
            return found;
        } catch (PatternSyntaxException e) {
            return found;
        }
    }

    /** As old consumers store it: commas are alternatives, blanks and quotes around it go. */
    static String normalized(String regex) {
        String text = regex.trim().replace(',', '|').replace(" ", "");
        int from = 0;
        int to = text.length();
        while (from < to && isQuote(text.charAt(from))) {
            from++;
        }
        while (to > from && isQuote(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
