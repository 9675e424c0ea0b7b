package io.quorate.coordinator.cli.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.wire.proto.Stat;
import java.util.Date;
import java.util.stream.Stream;

/** Prints what a node tells about itself: in the lines of ZooKeeper's shell, and as JSON. */
public final class StatText {

    private StatText() {}

    /** Eleven lines, one for each field. */
    public static Stream<String> lines(Stat stat) {
        return Stream.of(
                "cZxid = " + Json.hex(stat.czxid()),
                "ctime = " + new Date(stat.ctime()),
                "mZxid = " + Json.hex(stat.mzxid()),
                "mtime = " + new Date(stat.mtime()),
                "pZxid = " + Json.hex(stat.pzxid()),
                "cversion = " + stat.cversion(),
                "dataVersion = " + stat.version(),
                "aclVersion = " + stat.aversion(),
                "ephemeralOwner = " + Json.hex(stat.ephemeralOwner()),
                "dataLength = " + stat.dataLength(),
                "numChildren = " + stat.numChildren());
    }

    /** The same fields under the key {@code stat}. */
    static void json(ObjectNode object, Stat stat) {
        object.putObject("stat")
                .put("czxid", Json.hex(stat.czxid()))
                .put("ctime_ms", stat.ctime())
                .put("mzxid", Json.hex(stat.mzxid()))
                .put("mtime_ms", stat.mtime())
                .put("pzxid", Json.hex(stat.pzxid()))
                .put("cversion", stat.cversion())
                .put("version", stat.version())
                .put("aversion", stat.aversion())
                .put("ephemeral_owner", Json.hex(stat.ephemeralOwner()))
                .put("data_length", stat.dataLength())
                .put("num_children", stat.numChildren());
    }
}
