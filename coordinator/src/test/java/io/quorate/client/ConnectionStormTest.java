package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.ServerProcess;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.ConnectRequest;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that come at the same moment, as after an outage. */
final class ConnectionStormTest {
    private static final int CLIENTS = 200;
    private static final Pattern SYNCS = Pattern.compile("zk_cnt_fsynctime\t(\\d+)");

    @TempDir
    private Path folder;

    @Test
    void clientsThatComeTogetherGetTheirSessionsTogether() throws IOException {
        byte[] request = connectRequest();
        List<Socket> clients = new ArrayList<>();
        try (ServerProcess server = ServerProcess.quorate(
                folder, ServerProcess.freePort(), Map.of("maxClientCnxns", "0", "quorate.threading", "shared"))) {
            long before = syncs(server);
            server.suspend();
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = new Socket(server.address().getAddress(), server.port());
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(request);
                clients.add(socket);
            }
            server.resume();
            for (Socket each : clients) {
                DataInputStream in = new DataInputStream(each.getInputStream());
                byte[] reply = in.readNBytes(in.readInt());
                assertThat(reply).hasSize(37);
            }
            // One sync for each of them, and they would wait for each other.
            assertThat(syncs(server) - before).isLessThan(CLIENTS / 4);
        } finally {
            for (Socket each : clients) {
                each.close();
            }
        }
    }

    private static long syncs(ServerProcess server) {
        Matcher matcher = SYNCS.matcher(server.fourLetterWord("mntr"));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static byte[] connectRequest() {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        JuteWriter writer = new JuteWriter().wrap(buffer, Integer.BYTES);
        new ConnectRequest(0, 0, 30_000, 0, new byte[16], false, true).write(writer);
        byte[] frame = new byte[writer.position()];
        buffer.getBytes(0, frame);
        ByteBuffer.wrap(frame).putInt(0, frame.length - Integer.BYTES);
        return frame;
    }
}
