/**
 * Ensembles of real processes that bad things happen to: members are killed, stopped and started again, cut from each other and
 * mixed with members of the other kind, while recorded sessions work. Every member is what
 * {@code -Dquorate.ensemble.server} names, {@code quorate} or {@code zookeeper}: what fails with ZooKeeper is a fault of the test.
 */
package io.quorate.ensemble;
