package io.quorate.compat.kafka;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.security.Permission;

/**
 * A process that runs the main methods of tools, one after another, as {@link Tools} orders over its standard input: a JVM for each
 * would take longer than all of them. What a tool prints is handed back over standard output; that it wants to end the process ends
 * the tool.
 */
final class ToolHost {

    /** Thrown where a tool ends its process. */
    private static final class Exit extends SecurityException {
        private static final long serialVersionUID = 1;
    }

    /** Allows everything but the end of the process. */
    @SuppressWarnings("removal") // there is no other way to survive System.exit
    private final class NoExit extends SecurityManager {
        @Override
        public void checkExit(int status) {
            end(status);
            throw new Exit();
        }

        @Override
        public void checkPermission(Permission permission) {
            // Whatever it is.
        }

        @Override
        public void checkPermission(Permission permission, Object context) {
            // Whatever it is.
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private volatile Ended ended;

    /** The end of a tool. Some take what is thrown then for a failure and go on: that counts no more. */
    private record Ended(int code, byte[] out, byte[] err) {}

    private ToolHost() {}

    public static void main(String[] arguments) throws IOException {
        DataOutputStream answers = new DataOutputStream(System.out);
        new ToolHost().serve(new DataInputStream(System.in), answers);
    }

    @SuppressWarnings("removal")
    private void serve(DataInputStream orders, DataOutputStream answers) throws IOException {
        // Once and for all: Scala and the loggers remember the first they see.
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        System.setSecurityManager(new NoExit());
        while (true) {
            String main;
            try {
                main = orders.readUTF();
            } catch (EOFException e) {
                return;
            }
            String[] words = new String[orders.readInt()];
            for (int i = 0; i < words.length; i++) {
                words[i] = orders.readUTF();
            }
            run(main, words);
            answers.writeInt(ended.code());
            answers.writeInt(ended.out().length);
            answers.write(ended.out());
            answers.writeInt(ended.err().length);
            answers.write(ended.err());
            answers.flush();
        }
    }

    private void run(String main, String... words) {
        ended = null;
        out.reset();
        err.reset();
        try {
            Class.forName(main).getMethod("main", String[].class).invoke(null, (Object) words);
            end(0);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            end(1);
        } catch (ReflectiveOperationException e) {
            e.printStackTrace();
            end(1);
        }
    }

    private synchronized void end(int code) {
        if (ended == null) {
            ended = new Ended(code, out.toByteArray(), err.toByteArray());
        }
    }
}
