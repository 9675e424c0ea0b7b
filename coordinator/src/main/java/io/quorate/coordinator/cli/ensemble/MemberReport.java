package io.quorate.coordinator.cli.ensemble;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.coordinator.cli.answer.Table;
import io.quorate.coordinator.cli.link.ServerAddress;
import java.util.Locale;

/**
 * What is known of one member.
 *
 * @param idOrNull its number, if it or the configuration tells
 * @param summaryOrNull what it says of itself, if it serves
 * @param problemOrNull why it does not
 */
record MemberReport(Long idOrNull, ServerAddress address, Summary summaryOrNull, String problemOrNull) {

    private static final String NO_MODE = "none";

    /** Whether it said what it is; a server that sees no quorum may, too, if it serves those who only read. */
    boolean answers() {
        return summaryOrNull != null;
    }

    boolean serves() {
        return answers() && !summaryOrNull.isReadOnly();
    }

    boolean hasMode(String mode) {
        return answers() && summaryOrNull.mode().equals(mode);
    }

    String mode() {
        return answers() ? summaryOrNull.mode() : NO_MODE;
    }

    void row(Table table) {
        if (!answers()) {
            table.row(idOrNull, address, NO_MODE, null, null, null, null, null, null);
            return;
        }
        table.row(
                idOrNull,
                address,
                summaryOrNull.mode(),
                Json.hex(summaryOrNull.zxid()),
                summaryOrNull.connections(),
                summaryOrNull.outstanding(),
                String.format(Locale.ROOT, "%.2f", summaryOrNull.latencyAverage()),
                summaryOrNull.nodes(),
                summaryOrNull.version());
    }

    void json(ObjectNode object) {
        object.put("id", idOrNull).put("server", address.toString()).put("mode", mode());
        object.put("zxid", answers() ? Json.hex(summaryOrNull.zxid()) : null);
        object.put("connections", answers() ? summaryOrNull.connections() : null);
        object.put("outstanding", answers() ? summaryOrNull.outstanding() : null);
        object.put("latency_avg_ms", answers() ? summaryOrNull.latencyAverage() : null);
        object.put("nodes", answers() ? summaryOrNull.nodes() : null);
        object.put("version", answers() ? summaryOrNull.version() : null);
        object.put("problem", problemOrNull);
    }
}
