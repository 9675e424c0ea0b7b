package io.quorate.coordinator.cli.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;

/** What a command has found out, printable for people and for programs. */
public interface Answer {

    /** The lines that people read; may be none. */
    Stream<String> text();

    /** What people should know besides; goes to standard error, so that the lines can be read by programs, too. */
    default Stream<String> notices() {
        return Stream.empty();
    }

    /**
     * Puts what programs read into an object. Keys are snake_case and stay; what can exceed 2^53 is a string (zxids and
     * session ids in hexadecimal, as in {@code 0x1f}); what is not known is null.
     */
    void json(ObjectNode object);

    /** What the process ends with. */
    default AdminExit exit() {
        return AdminExit.OK;
    }
}
