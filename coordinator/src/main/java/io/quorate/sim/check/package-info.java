/**
 * What must hold in every run: one class for each property, fed with what servers, disks, links and clients did. It must know
 * nothing of how the run is made.
 */
package io.quorate.sim.check;
