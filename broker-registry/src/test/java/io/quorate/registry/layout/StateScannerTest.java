package io.quorate.registry.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.model.PartitionState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick way to read a state says what the general one says, or nothing. */
final class StateScannerTest {
    private static final long SEED = Long.getLong("quorate.registry.seed", 1);

    private final Random random = new Random(SEED);

    private static PartitionState scan(String body) {
        return new StateScanner(body.getBytes(UTF_8)).scan();
    }

    private String number() {
        return switch (random.nextInt(4)) {
            case 0 -> "-1";
            case 1 -> "0";
            default -> Integer.toString(random.nextInt(1_000_000_000));
        };
    }

    private String space() {
        return random.nextInt(4) == 0 ? " \n" : "";
    }

    private String body() {
        List<String> isr = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            isr.add(space() + number() + space());
        }
        List<String> fields = new ArrayList<>(List.of(
                "\"version\":1",
                "\"leader\":" + space() + number(),
                "\"leader_epoch\"" + space() + ":" + number(),
                "\"controller_epoch\":" + number() + space(),
                "\"isr\":" + space() + "[" + String.join(",", isr) + "]"));
        if (random.nextBoolean()) {
            fields.add("\"leader_recovery_state\":1");
        }
        Collections.shuffle(fields, random);
        return "{" + space() + String.join(space() + "," + space(), fields) + "}" + space();
    }

    @Test
    void keysComeInAnyOrder() {
        for (int i = 0; i < 5_000; i++) {
            String body = body();
            assertThat(scan(body))
                    .as("seed %d, replay with -Dquorate.registry.seed=%d: %s", SEED, SEED, body)
                    .isNotNull()
                    .isEqualTo(StateJson.parse(body.getBytes(UTF_8)));
        }
    }

    /** Whatever is cut out or put in: if it is still read, then as before, and what the general parser refuses is not. */
    @Test
    void nothingIsReadOtherwiseThanByTheGeneralParser() {
        for (int i = 0; i < 20_000; i++) {
            StringBuilder body = new StringBuilder(body());
            int at = random.nextInt(body.length());
            if (random.nextBoolean()) {
                body.deleteCharAt(at);
            } else {
                body.insert(at, "0-.e\"[]{},:nu\\".charAt(random.nextInt(14)));
            }
            PartitionState scanned = scan(body.toString());
            if (scanned != null) {
                assertThat(scanned)
                        .as("seed %d, replay with -Dquorate.registry.seed=%d: %s", SEED, SEED, body)
                        .isEqualTo(StateJson.parse(body.toString().getBytes(UTF_8)));
            }
        }
    }

    @Test
    void whatIsUnusualIsLeftToTheGeneralParser() {
        String strange = "{\"leader\":1,\"leader_epoch\":2,\"controller_epoch\":3,\"isr\":[1],\"note\":\"x\"}";
        assertThat(scan(strange)).isNull();
        assertThat(StateJson.decode(strange.getBytes(UTF_8))).isEqualTo(new PartitionState(1, 2, List.of(1), 3, 0));
    }
}
