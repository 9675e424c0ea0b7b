package io.quorate.xcheck;

import java.util.Arrays;
import java.util.Random;

/** Ways to damage the bytes of a frame. The length in front is damaged like everything else. */
enum Mutation {
    FLIPPED_BITS {
        @Override
        byte[] apply(byte[] frame, Random random) {
            byte[] damaged = frame.clone();
            int flips = 1 + random.nextInt(4);
            for (int i = 0; i < flips; i++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return damaged;
        }
    },
    TRUNCATED {
        @Override
        byte[] apply(byte[] frame, Random random) {
            return Arrays.copyOf(frame, random.nextInt(frame.length));
        }
    },
    SHORTER_RECORD {
        @Override
        byte[] apply(byte[] frame, Random random) {
            int kept = random.nextInt(frame.length - LENGTH + 1);
            return Encoder.frame(Arrays.copyOfRange(frame, LENGTH, LENGTH + kept));
        }
    },
    INSERTED_BYTES {
        @Override
        byte[] apply(byte[] frame, Random random) {
            byte[] extra = new byte[1 + random.nextInt(9)];
            random.nextBytes(extra);
            int at = random.nextInt(frame.length + 1);
            return new Encoder()
                    .raw(Arrays.copyOf(frame, at))
                    .raw(extra)
                    .raw(Arrays.copyOfRange(frame, at, frame.length))
                    .bytes();
        }
    },
    OTHER_FRAME_LENGTH {
        @Override
        byte[] apply(byte[] frame, Random random) {
            return withInt(frame, 0, oddLength(random));
        }
    },
    OTHER_INNER_LENGTH {
        @Override
        byte[] apply(byte[] frame, Random random) {
            if (frame.length < 4 * LENGTH) {
                return withInt(frame, 0, oddLength(random));
            }
            int at = 3 * LENGTH + random.nextInt(frame.length - 4 * LENGTH + 1);
            return withInt(frame, at, oddLength(random));
        }
    },
    NOISE {
        @Override
        byte[] apply(byte[] frame, Random random) {
            byte[] noise = new byte[1 + random.nextInt(64)];
            random.nextBytes(noise);
            return noise;
        }
    },
    NOISE_IN_A_FRAME {
        @Override
        byte[] apply(byte[] frame, Random random) {
            byte[] damaged = frame.clone();
            for (int i = Math.min(damaged.length, 3 * LENGTH); i < damaged.length; i++) {
                damaged[i] = (byte) random.nextInt(256);
            }
            return damaged;
        }
    };

    private static final int LENGTH = 4;
    private static final int[] ODD_LENGTHS = {
        0, 1, 7, 8, -1, -2, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20, (1 << 20) - 1, 1 << 30, 0xffff, 255
    };

    abstract byte[] apply(byte[] frame, Random random);

    private static int oddLength(Random random) {
        return ODD_LENGTHS[random.nextInt(ODD_LENGTHS.length)];
    }

    private static byte[] withInt(byte[] frame, int at, int value) {
        byte[] damaged = frame.clone();
        java.nio.ByteBuffer.wrap(damaged).putInt(at, value);
        return damaged;
    }
}
