package io.quorate.coordinator.cli.link;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long to wait: {@code 500ms}, {@code 10s}, {@code 2m}; a number alone is in milliseconds, as in other tools. */
public final class TimeLimit implements ITypeConverter<Duration> {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|)");

    @Override
    public Duration convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no time; write 500ms, 10s or 2m");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration limit =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofMillis(number);
                };
        if (limit.isZero()) {
            throw new TypeConversionException("'" + text + "' leaves no time at all");
        }
        if (limit.compareTo(LONGEST) > 0) {
            throw new TypeConversionException("'" + text + "' is more than a day; write 1440m or less");
        }
        return limit;
    }
}
