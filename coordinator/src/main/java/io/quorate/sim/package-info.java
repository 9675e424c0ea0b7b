/**
 * Whole ensembles in one thread and in virtual time: the production core and codecs between a simulated network, disk, clock
 * and clients. Everything that happens follows from one seed. What must hold is in {@code check}; known defects to plant are
 * in {@code plant}.
 */
package io.quorate.sim;
