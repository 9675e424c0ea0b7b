/**
 * An asynchronous client of a coordinator, ours or any server of the ZooKeeper 3.9 protocol: one session over as many
 * connections as it takes, pipelined requests, watches that survive a lost connection.
 *
 * <pre>{@code
 * ClientBuilder builder = CoordinatorClient.builder("10.0.0.1:2181,10.0.0.2:2181/app")
 *         .sessionTimeout(Duration.ofSeconds(10))
 *         .listener((event, reason) -> log.info("{}: {}", event, reason));
 * try (CoordinatorClient client = builder.connect()) {
 *     client.create("/members/m-", address, CreateMode.EPHEMERAL_SEQUENTIAL)
 *             .thenAccept(created -> log.info("we are {}", created.path()));
 *     client.addWatch("/members", AddWatchMode.PERSISTENT_RECURSIVE, event -> membersChanged(event.path()));
 *     NodeData config = client.sync().getData("/config");
 *     client.multi(List.of(
 *             WriteOp.check("/config", config.stat().version()),
 *             WriteOp.create("/jobs/1", job, CreateMode.PERSISTENT)));
 * }
 * }</pre>
 *
 * <p>It must not know what anyone stores on a coordinator. {@code Connection} and what it is made of are pure: events and the
 * time in, orders out. Only classes whose names begin with {@code Netty} know sockets and threads.
 */
package io.quorate.wire.client;
