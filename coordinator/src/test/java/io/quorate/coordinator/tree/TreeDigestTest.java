package io.quorate.coordinator.tree;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The example of semantics 13, observed on a reference server. */
final class TreeDigestTest {

    private static final long OBSERVED = 5910868719L;

    private static NodeImage image(String data, long[] zxids, long[] times, int[] versions, long owner) {
        byte[] bytes = data == null ? null : data.getBytes(US_ASCII);
        return new NodeImage(
                bytes,
                AclTable.OPEN,
                zxids[0],
                zxids[1],
                times[0],
                times[1],
                versions[0],
                versions[1],
                versions[2],
                owner,
                zxids[2]);
    }

    private static long[] zxids(long created, long modified, long children) {
        return new long[] {created, modified, children};
    }

    private static long[] times(long created, long modified) {
        return new long[] {0x1a1fbb0eb00L + created, 0x1a1fbb0eb00L + modified};
    }

    @Test
    void theTreeOfTheReferenceHasItsDigest() {
        DataTree tree = new DataTree(true, new SilentChanges());
        long[] never = {0, 0};
        tree.reset();
        tree.load("", image(null, zxids(0, 0, 7), never, new int[] {0, 2, 0}, 0));
        tree.load("/zookeeper", image("", zxids(0, 0, 0), never, new int[3], 0));
        tree.load("/zookeeper/quota", image("not counted", zxids(9, 9, 9), never, new int[3], 0));
        tree.load("/dg", image("defg", zxids(2, 3, 9), times(0x69, 0x70), new int[] {1, 3, 1}, 0));
        tree.load("/dg/x", image("127", zxids(4, 0x80, 4), times(0x71, 0xe5), new int[] {0x77, 0, 0}, 0));
        tree.load("/dg/e", image(null, zxids(5, 5, 5), times(0x72, 0x72), new int[3], 0x0100001b72b70000L));
        tree.load("/dg/m", image("22", zxids(9, 9, 9), times(0x7d, 0x7d), new int[] {1, 0, 0}, 0));

        assertThat(crc(tree, "/")).isEqualTo(1350325660L);
        assertThat(crc(tree, "/dg")).isEqualTo(1319613958L);
        assertThat(crc(tree, "/dg/x")).isEqualTo(606981639L);
        assertThat(crc(tree, "/dg/e")).isEqualTo(1182251717L);
        assertThat(crc(tree, "/dg/m")).isEqualTo(148033833L);
        assertThat(crc(tree, "/zookeeper")).isEqualTo(1303661912L);
        assertThat(crc(tree, "/zookeeper/quota")).isZero();
        assertThat(tree.digest()).isEqualTo(OBSERVED);
    }

    private static long crc(DataTree tree, String path) {
        return Integer.toUnsignedLong(tree.get(path).digest);
    }

    @Test
    void withoutDigestsThereIsNothingToAdd() {
        DataTree tree = new DataTree(false, new SilentChanges());

        assertThat(tree.digest()).isZero();
        assertThat(tree.isDigestEnabled()).isFalse();
    }
}
