/** The {@code quorate ensemble} command: every member, its mode and how far it is, whether or not there is a quorum. */
package io.quorate.coordinator.cli.ensemble;
