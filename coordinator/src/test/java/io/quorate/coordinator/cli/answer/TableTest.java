package io.quorate.coordinator.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Columns and JSON of answers. */
final class TableTest {

    @Test
    void columnsAreAsWideAsTheirLongestValue() {
        Table table = new Table("ID", "HOST", "RACK").row(1, "a.example", null).row(10, "b", "dc1");

        assertThat(table.lines())
                .containsExactly(
                        "ID  HOST       RACK", //
                        "1   a.example  -",
                        "10  b          dc1");
    }

    @Test
    void aRowHasAValueForEveryHead() {
        Table table = new Table("ID", "HOST");

        assertThatThrownBy(() -> table.row(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersThatFloatingPointWouldChangeAreStrings() {
        ObjectNode object = Json.object();
        Json.number(object, "small", 1L << 53);
        Json.number(object, "large", (1L << 53) + 1);
        Json.number(object, "negative", -(1L << 53) - 1);

        assertThat(object)
                .hasToString(
                        "{\"small\":9007199254740992,\"large\":\"9007199254740993\",\"negative\":\"-9007199254740993\"}");
        assertThat(Json.hex(-1)).isEqualTo("0xffffffffffffffff");
    }
}
