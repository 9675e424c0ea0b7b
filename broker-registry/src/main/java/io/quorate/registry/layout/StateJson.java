package io.quorate.registry.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.registry.model.PartitionState;
import java.nio.charset.StandardCharsets;

/** The body of a partition's state (registry spec 1.3). The one body of which there may be a million. */
public final class StateJson {
    static final String RECOVERY = "leader_recovery_state";

    private StateJson() {}

    /** Encodes a body; put together by hand, because nothing in it needs escaping and it is written in bursts. */
    public static byte[] encode(PartitionState state) {
        StringBuilder text = new StringBuilder(96);
        text.append("{\"controller_epoch\":").append(state.controllerEpoch());
        text.append(",\"leader\":").append(state.leader());
        text.append(",\"version\":1,\"leader_epoch\":").append(state.leaderEpoch());
        text.append(",\"isr\":[");
        for (int i = 0; i < state.isr().size(); i++) {
            text.append(i == 0 ? "" : ",").append(state.isr().get(i));
        }
        text.append(']');
        if (state.recovery() != 0) {
            text.append(",\"" + RECOVERY + "\":").append(state.recovery());
        }
        return text.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Decodes a body.
     *
     * @throws MalformedBodyException if it is none
     */
    public static PartitionState decode(byte[] data) {
        PartitionState scanned = data == null ? null : new StateScanner(data).scan();
        return scanned == null ? parse(data) : scanned;
    }

    /** As {@link #decode}, but whatever JSON allows. */
    static PartitionState parse(byte[] data) {
        JsonNode body = Json.parse(data);
        return new PartitionState(
                Json.integer(body, "leader"),
                Json.integer(body, "leader_epoch"),
                Json.integers(body.path("isr")),
                Json.integer(body, "controller_epoch"),
                Json.integer(body, RECOVERY, 0));
    }
}
