package io.quorate.xcheck;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Owns the small worlds that requests draw their fields from. They are small on purpose: requests must meet each other's
 * nodes, watches and versions.
 */
final class Values {

    static final String QUOTA_ROOT = "/q";
    static final String QUOTA_NODE = "/zookeeper/quota/q";
    static final String LIMITS = QUOTA_NODE + "/zookeeper_limits";
    static final String STATS = QUOTA_NODE + "/zookeeper_stats";

    private static final List<String> TOPS = List.of("/a", "/b", "/c", "/d");
    private static final List<String> NAMES =
            List.of("x", "y", "z", ".b", "..x", "\u00e4\u00a0", "\ud7ff", "\uf900", "\uffef");
    private static final List<String> SYSTEM =
            List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config", "/zookeeper/own", "");
    private static final List<String> BAD_PATHS = List.of(
            "a",
            "",
            "/a/",
            "//",
            "/a//x",
            "/a/.",
            "/a/..",
            "/./a",
            "/../a",
            "/a/./x",
            "/a\u0000",
            "/a\u0001b",
            "/a\u001f",
            "/a\u007f",
            "/a\u009f",
            "/a\ue000",
            "/a\uf8ff",
            "/a\ufff0",
            "/a\uffff",
            "/\ud83d\ude00",
            "/a/\ud83d\ude00",
            "a/x",
            " /a",
            "/a\ttab",
            "/nope/",
            "/nope/x/y",
            "/a/x/",
            "//a");
    private static final List<AclEntry> ENTRIES = List.of(
            new AclEntry(31, "world", "anyone"),
            new AclEntry(1, "world", "anyone"),
            new AclEntry(3, "world", "anyone"),
            new AclEntry(5, "world", "anyone"),
            new AclEntry(15, "world", "anyone"),
            new AclEntry(255, "world", "anyone"),
            new AclEntry(0, "world", "anyone"),
            new AclEntry(31, "auth", ""),
            new AclEntry(31, "auth", "ignored"),
            new AclEntry(31, "digest", "alice:V55/p2T0OpjQ+low3NVAH4aLvm0="),
            new AclEntry(31, "digest", "bob:ikIaKsbtGweaHnb/jKn7OHqbunM="),
            new AclEntry(1, "digest", "a:3OptnM09ILoVSfbZtd3mB0IViII="),
            new AclEntry(31, "digest", ":b"),
            new AclEntry(31, "ip", "127.0.0.1"),
            new AclEntry(9, "ip", "127.0.0.0/8"),
            new AclEntry(31, "ip", "10.0.0.0/8"),
            new AclEntry(31, "ip", "::1"),
            new AclEntry(31, "ip", "0.0.0.0/0"));
    private static final List<AclEntry> BAD_ENTRIES = List.of(
            new AclEntry(31, "world", "foo"),
            new AclEntry(31, "digest", "nocolon"),
            new AclEntry(31, "digest", "a:b:c"),
            new AclEntry(31, "digest", "a:"),
            new AclEntry(31, "ip", "1.2.3"),
            new AclEntry(31, "ip", "127.0.0.1/33"),
            new AclEntry(31, "ip", "localhost"),
            new AclEntry(31, "super", ""),
            new AclEntry(31, "sasl", "bob"),
            new AclEntry(31, "nosuch", "x"),
            new AclEntry(31, null, "x"),
            new AclEntry(31, "world", null),
            new AclEntry(31, "", ""));
    private static final List<String> LIMIT_TEXTS = List.of(
            "count=3,bytes=20=;byteHardLimit=12;countHardLimit=4",
            "count=2,bytes=10",
            "count=-1,bytes=-1=;byteHardLimit=30;countHardLimit=-1",
            "count=-1,bytes=-1=;byteHardLimit=-1;countHardLimit=3");
    private static final List<String> ODD_LIMITS = List.of(
            "count=,bytes=",
            "count= ,bytes=\t",
            "count= 3,bytes=1",
            "count==3,bytes=+4=7",
            ",count=3",
            ",;,",
            "=",
            "=5,countHardLimit=4,countHardLimit=6",
            "later=1;countHardLimit=5,,",
            "countHardLimit=5;bytes=7,",
            "rubbish",
            "count=x,bytes=1",
            "");
    private static final int[] VERSIONS = {0, 0, 1, 1, 2, 3, -2, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private final Random random;

    Values(Random random) {
        this.random = random;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Mostly a path that may exist; now and then a system path, an invalid one or null. */
    String path() {
        int dice = random.nextInt(100);
        if (dice < 4) {
            return any(SYSTEM);
        }
        if (dice < 9) {
            return any(BAD_PATHS);
        }
        return dice == 9 && oneIn(3) ? null : nodePath();
    }

    /** A path in the part of the tree that belongs to the run, at most four levels deep. */
    String nodePath() {
        StringBuilder path = new StringBuilder(any(TOPS));
        int depth = random.nextInt(10);
        int levels = depth < 3 ? 0 : depth < 8 ? 1 : depth - 6;
        for (int i = 0; i < levels; i++) {
            path.append('/').append(oneIn(8) ? any(NAMES) : any(NAMES.subList(0, 3)));
        }
        return path.toString();
    }

    /** A path for a write: not the configuration, and {@code /} only where the caller allows it. */
    String writePath() {
        String path = path();
        return "/zookeeper/config".equals(path) || "/".equals(path) ? nodePath() : path;
    }

    /** The start of a sequential name. */
    String sequencePath() {
        return oneIn(20) ? any(BAD_PATHS) : any(List.of("/s/n-", "/s/", "/a/n-", "/b/x/n", "/s/.", "/nope/n-"));
    }

    String quotaPath() {
        return any(List.of(QUOTA_ROOT, "/q/x", "/q/y", "/q/x/z", "/q/x/w"));
    }

    byte[] data() {
        int dice = random.nextInt(20);
        if (dice < 2) {
            return dice == 0 ? null : new byte[0];
        }
        byte[] data = new byte[oneIn(100) ? 3000 : 1 + random.nextInt(20)];
        random.nextBytes(data);
        return data;
    }

    byte[] limits() {
        return any(oneIn(3) ? ODD_LIMITS : LIMIT_TEXTS).getBytes(StandardCharsets.US_ASCII);
    }

    /** Figures that the reference can read: others end it. */
    byte[] stats() {
        return any(List.of("", "count==1,bytes=7", "bytes=3;zz=4,aa=-5", "count=-9,bytes=10=;byteHardLimit=1"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    int version() {
        return random.nextInt(10) < 6 ? -1 : VERSIONS[random.nextInt(VERSIONS.length)];
    }

    int flags() {
        int dice = random.nextInt(100);
        if (dice < 60) {
            return 0;
        }
        return dice < 85 ? 1 : any(List.of(4, 5, 6, 7, -1, 8, 1, 1, Integer.MAX_VALUE));
    }

    List<AclEntry> acl() {
        int dice = random.nextInt(100);
        if (dice < 75) {
            return AclEntry.OPEN;
        }
        if (dice < 77) {
            return dice == 75 ? null : List.of();
        }
        List<AclEntry> entries = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            entries.add(any(ENTRIES));
        }
        if (dice < 81) {
            entries.add(random.nextInt(entries.size() + 1), any(BAD_ENTRIES));
        }
        return entries;
    }

    int watch() {
        int dice = random.nextInt(10);
        return dice < 5 ? 0 : dice == 9 ? 0x7f : 1;
    }

    List<String> paths() {
        List<String> paths = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            paths.add(oneIn(30) ? any(BAD_PATHS) : nodePath());
        }
        return paths;
    }
}
