package io.quorate.registry.placement;

/** What racks mean when replicas are placed (registry spec 6.3). */
public enum RackMode {
    /** Replicas are spread over racks; it is an error if a broker has none while another has one. */
    ENFORCED,
    /** Replicas are spread over racks if all brokers have one. */
    SAFE,
    /** Racks are ignored. */
    DISABLED
}
