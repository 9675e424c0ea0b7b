package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code --topic} of {@code kafka-topics.sh} takes: a regular expression for whole names, in which a comma is as good as a bar,
 * blanks count for nothing, and quotes around it are dropped. Pure.
 */
record TopicExpression(String text, Pattern pattern) {

    static TopicExpression of(String text) throws AdminException {
        String expression = text.strip()
                .replace(',', '|')
                .replace(" ", "")
                .replaceAll("^[\"']+", "")
                .replaceAll("[\"']+$", "");
        try {
            return new TopicExpression(text, Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new AdminException(
                    AdminExit.FAILED, "--topic " + text + " is no regular expression: " + e.getDescription(), e);
        }
    }

    /** Those of the names that it means. */
    SortedSet<String> of(Collection<String> names) {
        SortedSet<String> matching = new TreeSet<>(names);
        matching.removeIf(name -> !pattern.matcher(name).matches());
        return matching;
    }
}
