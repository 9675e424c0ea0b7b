package io.quorate.coordinator.admin;

/**
 * How the server says which version it is: first the release of the reference whose behaviour it has, for tools that look for
 * three numbers in front of a dash, then who it is itself.
 */
final class VersionText {

    private static final String REFERENCE = "3.9.5";

    private VersionText() {}

    static String of(AdminFacts facts) {
        return REFERENCE + "-quorate-" + facts.version() + ", built on " + facts.builtOn();
    }
}
