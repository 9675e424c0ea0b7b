package io.quorate.registry.cache;

/** Which partition the messages of a key go to: the two rules that producers have (registry spec 12.2). */
public final class KeyHash {
    private static final int SEED = 0x9747b28c;
    private static final int MULTIPLIER = 0x5bd1e995;
    private static final int SHIFT = 24;

    private KeyHash() {}

    /** The rule of today: murmur2 of the bytes. */
    public static int partition(byte[] key, int partitions) {
        return (murmur2(key) & 0x7fff_ffff) % partitions;
    }

    /** The rule of old producers: the hash code of the text. */
    public static int legacyPartition(String key, int partitions) {
        return (key.hashCode() & 0x7fff_ffff) % partitions;
    }

    /** MurmurHash 2, 32 bits, as producers seed it. */
    public static int murmur2(byte[] data) {
        int hash = SEED ^ data.length;
        int whole = data.length & ~3;
        for (int i = 0; i < whole; i += Integer.BYTES) {
            int word = (data[i] & 0xff)
                    | ((data[i + 1] & 0xff) << 8)
                    | ((data[i + 2] & 0xff) << 16)
                    | ((data[i + 3] & 0xff) << 24);
            word *= MULTIPLIER;
            word ^= word >>> SHIFT;
            hash = (hash * MULTIPLIER) ^ (word * MULTIPLIER);
        }
        return finish(hash, data, whole);
    }

    private static int finish(int begun, byte[] data, int whole) {
        int hash = begun;
        if (data.length > whole) {
            for (int i = data.length - 1; i >= whole; i--) {
                hash ^= (data[i] & 0xff) << (8 * (i - whole));
            }
            hash *= MULTIPLIER;
        }
        hash ^= hash >>> 13;
        hash *= MULTIPLIER;
        return hash ^ (hash >>> 15);
    }
}
