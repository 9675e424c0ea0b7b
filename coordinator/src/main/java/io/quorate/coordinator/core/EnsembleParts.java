package io.quorate.coordinator.core;

import io.quorate.coordinator.zab.ElectionOut;
import io.quorate.coordinator.zab.EpochOut;
import io.quorate.coordinator.zab.LinkOut;
import io.quorate.coordinator.zab.Narrator;
import io.quorate.coordinator.zab.ZabSettings;

/**
 * What a core needs that is a member of an ensemble.
 *
 * @param narrator hears what happens to this member's role
 * @param stored what is on disk
 * @param readOnly serves clients that want it read-only while there is no quorum
 * @param keepClientsMillis how long clients stay connected while there is no leader; 0 for not at all
 */
public record EnsembleParts(
        ZabSettings settings,
        EpochOut epochs,
        ElectionOut election,
        LinkOut links,
        Narrator narrator,
        StoredState stored,
        boolean readOnly,
        int keepClientsMillis) {}
