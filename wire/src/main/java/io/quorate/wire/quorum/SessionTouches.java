package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Data of a learner's PING: the sessions it heard of since the last one (quorum protocol specification, section 13.3).
 *
 * <pre>SessionTouch, back to back to the end</pre>
 *
 * @param touches unmodifiable when decoded; may be empty
 */
public record SessionTouches(List<SessionTouch> touches) {
    /** Decodes all that is left; a rest that is no whole touch is malformed. */
    public static SessionTouches read(JuteReader reader) {
        int bytes = reader.remaining();
        if (bytes % SessionTouch.BYTES != 0) {
            throw new MalformedException("touched sessions in " + bytes + " bytes");
        }
        SessionTouch[] touches = new SessionTouch[bytes / SessionTouch.BYTES];
        for (int i = 0; i < touches.length; i++) {
            touches[i] = SessionTouch.read(reader);
        }
        return new SessionTouches(Collections.unmodifiableList(Arrays.asList(touches)));
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        for (SessionTouch touch : touches) {
            touch.write(writer);
        }
    }
}
