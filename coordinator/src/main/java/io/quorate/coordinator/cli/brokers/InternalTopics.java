package io.quorate.coordinator.cli.brokers;

import java.util.Set;

/** The topics that brokers keep for themselves (consumer-groups A10). Pure. */
final class InternalTopics {

    private static final Set<String> NAMES = Set.of("__consumer_offsets", "__transaction_state");

    private InternalTopics() {}

    static boolean contains(String topic) {
        return NAMES.contains(topic);
    }
}
