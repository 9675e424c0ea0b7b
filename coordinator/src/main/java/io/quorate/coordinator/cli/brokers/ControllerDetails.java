package io.quorate.coordinator.cli.brokers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.coordinator.cli.answer.Table;
import io.quorate.registry.model.ControllerInfo;
import java.util.List;
import java.util.stream.Stream;

/**
 * Answer to {@code controller show}.
 *
 * @param controllerOrNull who it is, if somebody is
 * @param epoch how many were elected so far
 * @param session that keeps it
 * @param candidates who waits to be the next one, in order
 */
record ControllerDetails(ControllerInfo controllerOrNull, int epoch, long session, List<String> candidates)
        implements Answer {

    @Override
    public Stream<String> text() {
        if (controllerOrNull == null) {
            return Stream.of("No broker is controller now; the last one had epoch " + epoch
                    + ". See which brokers there are: quorate brokers list");
        }
        Table table = new Table("ID", "EPOCH", "SINCE", "SESSION", "CANDIDATES")
                .row(
                        controllerOrNull.brokerId(),
                        epoch,
                        Texts.time(controllerOrNull.timestampMillis()),
                        Json.hex(session),
                        candidates.isEmpty() ? null : String.join(",", candidates));
        return controllerOrNull.isMigration()
                ? Stream.concat(table.lines(), Stream.of("A migration to KRaft owns the tree."))
                : table.lines();
    }

    @Override
    public void json(ObjectNode object) {
        boolean some = controllerOrNull != null;
        object.put("id", some ? controllerOrNull.brokerId() : null)
                .put("epoch", epoch)
                .put("since_ms", some ? controllerOrNull.timestampMillis() : null)
                .put("session", some ? Json.hex(session) : null)
                .put("kraft_migration", some && controllerOrNull.isMigration());
        Json.strings(object, "candidates", candidates);
    }

    @Override
    public AdminExit exit() {
        return controllerOrNull == null ? AdminExit.NOT_FOUND : AdminExit.OK;
    }
}
