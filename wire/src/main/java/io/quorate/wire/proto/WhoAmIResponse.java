package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Answer to whoAmI: the identities of the connection, in no order (client-protocol section 8.17).
 *
 * <pre>vector&lt;ClientInfo&gt; infos</pre>
 *
 * @param infos may be null, as the wire allows it
 */
public record WhoAmIResponse(List<ClientInfo> infos) implements Response {
    private static final int CLIENT_INFO_BYTES_MIN = 2 * Integer.BYTES;

    /** Decodes one. */
    public static WhoAmIResponse read(JuteReader reader) {
        int count = reader.readCount(CLIENT_INFO_BYTES_MIN);
        if (count < 0) {
            return new WhoAmIResponse(null);
        }
        ClientInfo[] infos = new ClientInfo[count];
        for (int i = 0; i < count; i++) {
            infos[i] = ClientInfo.read(reader);
        }
        return new WhoAmIResponse(Collections.unmodifiableList(Arrays.asList(infos)));
    }

    @Override
    public void write(JuteWriter writer) {
        if (infos == null) {
            writer.writeInt(-1);
            return;
        }
        writer.writeInt(infos.size());
        for (ClientInfo info : infos) {
            info.write(writer);
        }
    }
}
