/** The broker registry on real servers, ours and ZooKeeper's: one contract, run against both. */
package io.quorate.brokers;
