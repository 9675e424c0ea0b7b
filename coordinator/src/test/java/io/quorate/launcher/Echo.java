package io.quorate.launcher;

import java.lang.management.ManagementFactory;

/** Stands in for the server in {@link LauncherTest}: prints what the launcher made of it, one fact per line. */
final class Echo {

    private Echo() {}

    public static void main(String[] arguments) {
        System.out.println("pid=" + ProcessHandle.current().pid());
        System.out.println("folder=" + System.getProperty("user.dir"));
        System.out.println("arguments=" + String.join("|", arguments));
        System.out.println(
                "jvm=" + String.join("|", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        System.out.println("property=" + System.getProperty("some.property"));
    }
}
