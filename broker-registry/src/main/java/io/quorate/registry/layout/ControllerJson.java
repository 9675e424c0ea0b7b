package io.quorate.registry.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.registry.model.ControllerInfo;
import java.nio.charset.StandardCharsets;

/** The bodies of the controller's two nodes (registry spec 1.4). */
public final class ControllerJson {
    private static final int VERSION = 2;

    private ControllerJson() {}

    /** Encodes the body of the controller's node. */
    public static byte[] encode(ControllerInfo controller) {
        ObjectNode body = Json.object(VERSION);
        body.put("brokerid", controller.brokerId());
        body.put("timestamp", Long.toString(controller.timestampMillis()));
        body.put("kraftControllerEpoch", controller.kraftEpoch());
        return Json.bytes(body);
    }

    /**
     * Decodes the body of the controller's node; a bare number is a broker, too.
     *
     * @throws MalformedBodyException if it is none
     */
    public static ControllerInfo decode(byte[] data) {
        JsonNode body = Json.parseAny(data);
        if (body.isInt()) {
            return new ControllerInfo(body.intValue(), -1, -1);
        }
        return new ControllerInfo(
                Json.integer(body, "brokerid"),
                Json.number(body, "timestamp", -1),
                Json.integer(body, "kraftControllerEpoch", -1));
    }

    /** Encodes the controller epoch, which is no JSON. */
    public static byte[] encodeEpoch(int epoch) {
        return Integer.toString(epoch).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Decodes the controller epoch.
     *
     * @throws MalformedBodyException if it is none
     */
    public static int decodeEpoch(byte[] data) {
        String text = data == null ? "" : new String(data, StandardCharsets.UTF_8).trim();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new MalformedBodyException("not an epoch: " + text, e);
        }
    }
}
