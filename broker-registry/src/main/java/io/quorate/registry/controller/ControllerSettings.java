package io.quorate.registry.controller;

/**
 * How a controller behaves; the defaults are those of brokers that nobody here wrote.
 *
 * @param isDeletionAllowed whether topics can be deleted at all; if not, requests are taken away (registry spec 10)
 * @param isUncleanAllowed whether a topic that does not say otherwise gets a leader that may lack data rather than none (7.3)
 * @param balanceIntervalMillis how often leaders are moved back to the first replicas; 0 for never
 * @param balanceDelayMillis how long after the election for the first time
 * @param imbalancePercentMax what share of the partitions that a broker should lead may be led by others before that is done
 * @param givesTopicIds whether topics without an id get one (5.4); not for a cluster that has brokers of Kafka before 2.8: they
 *     would lose the id, and the topic would get another one
 */
public record ControllerSettings(
        boolean isDeletionAllowed,
        boolean isUncleanAllowed,
        long balanceIntervalMillis,
        long balanceDelayMillis,
        int imbalancePercentMax,
        boolean givesTopicIds) {
    public static final ControllerSettings DEFAULT = new ControllerSettings(true, false, 300_000, 5_000, 10, true);
}
