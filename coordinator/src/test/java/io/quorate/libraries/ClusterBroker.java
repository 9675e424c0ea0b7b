package io.quorate.libraries;

import io.quorate.compat.kafka.Broker;

/** A broker of a mixed cluster in a process of its own, Kafka's or ours, as far as it can be ended and started. */
interface ClusterBroker {
    int id();

    /** Starts a process, unless there is one; does not wait for it to serve. */
    void start();

    boolean isAlive();

    /** kill -9, and waits for the end. */
    void kill() throws InterruptedException;

    /** SIGTERM, and waits for the end: it closes its session. */
    void leave() throws InterruptedException;

    /** SIGSTOP. */
    void suspend();

    /** SIGCONT. */
    void resume();

    /** Kills the process, if there is one. */
    void close();

    /** One of Kafka's. */
    record OfKafka(Broker broker, String classPath) implements ClusterBroker {
        @Override
        public int id() {
            return broker.id();
        }

        @Override
        public void start() {
            if (!isAlive()) {
                broker.start(classPath);
            }
        }

        @Override
        public boolean isAlive() {
            return broker.isAlive();
        }

        @Override
        public void kill() throws InterruptedException {
            broker.kill();
        }

        @Override
        public void leave() throws InterruptedException {
            broker.stop();
        }

        @Override
        public void suspend() {
            broker.suspend();
        }

        @Override
        public void resume() {
            broker.resume();
        }

        @Override
        public void close() {
            try {
                broker.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** One of this library. */
    record Ours(Player player) implements ClusterBroker {
        @Override
        public int id() {
            return player.id();
        }

        @Override
        public void start() {
            player.start();
        }

        @Override
        public boolean isAlive() {
            return player.process().isAlive();
        }

        @Override
        public void kill() {
            player.process().kill();
        }

        @Override
        public void leave() {
            player.process().terminate();
            if (!player.process().awaitEnd()) {
                throw new IllegalStateException(player + " does not leave");
            }
        }

        @Override
        public void suspend() {
            player.process().suspend();
        }

        @Override
        public void resume() {
            player.process().resume();
        }

        @Override
        public void close() {
            player.close();
        }
    }
}
