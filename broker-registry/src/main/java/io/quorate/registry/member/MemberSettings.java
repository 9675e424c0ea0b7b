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
 * @param isCandidate whether it stands for controller; everybody else is told who is controller, too
 * @param standbys how many candidates, besides the first in line, follow all topics, so as to take over without reading. Others
 *     follow the brokers only, and begin to read everything when they are elected: each change of a leader is told to all
 *     followers, so in a large cluster they have to be few (registry spec 13.3 and 13.4)
 * @param knowsBrokers whether it follows who else is registered, also if it is not to be ready as controller, and is told with
 *     {@link MemberListener#onBroker}. A thousand brokers that all do are told a million times when they start; in a large
 *     cluster let the controller tell them what they need
 * @param controller how it behaves as controller
 */
public record MemberSettings(
        int brokerId,
        BrokerInfo info,
        ConflictPolicy conflict,
        boolean isCandidate,
        int standbys,
        boolean knowsBrokers,
        ControllerSettings controller) {
    /** So many standbys there are, if nothing is said. */
    public static final int STANDBYS_DEFAULT = 2;

    public MemberSettings {
        if (standbys < 0) {
            throw new IllegalArgumentException("fewer than no standbys: " + standbys);
        }
    }

    /** A broker that stands for controller and fails if its id is taken. */
    public static MemberSettings of(int brokerId, BrokerInfo info) {
        return new MemberSettings(
                brokerId, info, ConflictPolicy.FAIL_FAST, true, STANDBYS_DEFAULT, true, ControllerSettings.DEFAULT);
    }

    /** The same with another way to deal with a taken id. */
    public MemberSettings withConflict(ConflictPolicy policy) {
        return new MemberSettings(brokerId, info, policy, isCandidate, standbys, knowsBrokers, controller);
    }

    /** The same as a candidate, or not. */
    public MemberSettings withCandidate(boolean stands) {
        return new MemberSettings(brokerId, info, conflict, stands, standbys, knowsBrokers, controller);
    }

    /** The same with another number of standbys; all brokers should say the same. */
    public MemberSettings withStandbys(int count) {
        return new MemberSettings(brokerId, info, conflict, isCandidate, count, knowsBrokers, controller);
    }

    /** The same with news of other brokers, or without. */
    public MemberSettings withBrokers(boolean told) {
        return new MemberSettings(brokerId, info, conflict, isCandidate, standbys, told, controller);
    }

    /** The same with another way to be controller. */
    public MemberSettings withController(ControllerSettings settings) {
        return new MemberSettings(brokerId, info, conflict, isCandidate, standbys, knowsBrokers, settings);
    }
}
