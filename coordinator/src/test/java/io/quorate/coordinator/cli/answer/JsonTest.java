package io.quorate.coordinator.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That a long answer is written as a short one with the same content would be. */
final class JsonTest {

    /** Numbers, and then a failure if there is one. */
    private record Numbers(List<Integer> numbers, AdminException failureOrNull) implements LongAnswer<Integer> {
        @Override
        public void read(Consumer<Integer> sink) throws AdminException {
            numbers.forEach(sink);
            if (failureOrNull != null) {
                throw failureOrNull;
            }
        }

        @Override
        public Lines<Integer> lines(Consumer<String> out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String key() {
            return "numbers";
        }

        @Override
        public void json(Integer item, ObjectNode object) {
            object.put("number", item).put("name", "\u00fc\"" + item).putArray("none");
            Json.numbers(object, "twice", List.of(item, item));
        }

        @Override
        public Stream<String> notices() {
            return Stream.empty();
        }
    }

    private static String written(Numbers answer) throws AdminException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        Json.write(out, Json.object().put("at_zxid", "0x1"), answer);
        out.flush();
        return text.toString();
    }

    @Test
    void aLongAnswerIsWrittenAsAShortOne() throws AdminException {
        for (List<Integer> numbers : List.of(List.<Integer>of(), List.of(1), List.of(1, 2, 3))) {
            Numbers answer = new Numbers(numbers, null);
            ObjectNode whole = Json.object().put("at_zxid", "0x1");
            Json.objects(whole, "numbers", numbers, answer::json);
            assertThat(written(answer)).isEqualTo(Json.text(whole) + System.lineSeparator());
        }
    }

    @Test
    void anAnswerThatFailsStaysUnfinished() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        AdminException failure = new AdminException(AdminExit.CONNECTION, "gone");
        assertThatThrownBy(() -> Json.write(out, Json.object(), new Numbers(List.of(1), failure)))
                .isSameAs(failure);
        out.flush();
        assertThat(text.toString()).doesNotContain("]\n}");
    }
}
