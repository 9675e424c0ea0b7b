package io.quorate.coordinator.zab;

/** Orders to store the two epochs that a member must not forget. Each comes back as an event once it is durable. */
public interface EpochOut {

    /** The epoch promised to a prospective leader. */
    void storeAcceptedEpoch(long epoch);

    /** The epoch whose leader's history was taken over. */
    void storeCurrentEpoch(long epoch);
}
