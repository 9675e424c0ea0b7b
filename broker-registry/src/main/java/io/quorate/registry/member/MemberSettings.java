package io.quorate.registry.member;

import io.quorate.registry.controller.ControllerSettings;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.presence.ConflictPolicy;

/**
 * What a broker is in the registry.
 *
 * @param brokerId 0 or more; see {@link io.quorate.registry.store.BrokerIds} for generated ones
 * @param info what it says about itself
 * @param conflict what to do if its id is taken
 * @param isCandidate whether it stands for controller; a candidate follows all topics, so as to take over without reading, and
 *     is told of every leader that changes. In a large cluster let a few brokers be candidates (registry spec 13.3 and 13.4)
 * @param controller how it behaves as controller
 */
public record MemberSettings(
        int brokerId, BrokerInfo info, ConflictPolicy conflict, boolean isCandidate, ControllerSettings controller) {
    /** A broker that stands for controller and fails if its id is taken. */
    public static MemberSettings of(int brokerId, BrokerInfo info) {
        return new MemberSettings(brokerId, info, ConflictPolicy.FAIL_FAST, true, ControllerSettings.DEFAULT);
    }

    /** The same with another way to deal with a taken id. */
    public MemberSettings withConflict(ConflictPolicy policy) {
        return new MemberSettings(brokerId, info, policy, isCandidate, controller);
    }

    /** The same as a candidate, or not. */
    public MemberSettings withCandidate(boolean stands) {
        return new MemberSettings(brokerId, info, conflict, stands, controller);
    }

    /** The same with another way to be controller. */
    public MemberSettings withController(ControllerSettings settings) {
        return new MemberSettings(brokerId, info, conflict, isCandidate, settings);
    }
}
