/** Kafka brokers in ZooKeeper mode as child processes: topics, records and groups while brokers and the coordinator are killed. Kafka's jars are never on our class path. */
package io.quorate.compat.kafka;
