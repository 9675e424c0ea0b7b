package io.quorate.registry.sim;

import io.quorate.registry.controller.Controller;
import io.quorate.registry.controller.ControllerSettings;
import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.StoredState;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.member.Membership;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.presence.ConflictPolicy;
import io.quorate.registry.tree.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A broker that can be killed, cut off and paused, and that changes the in-sync replicas of what it leads, as old leaders do. */
final class SimBroker implements SimSession.Owner {
    private final int id;
    private final SimCluster cluster;
    private final SimTime time;
    private final Random random;
    private SimSession session;
    private Membership membership;
    private boolean isUp;
    private int lives;

    SimBroker(int id, SimCluster cluster, SimTime time, Random random) {
        this.id = id;
        this.cluster = cluster;
        this.time = time;
        this.random = random;
    }

    int id() {
        return id;
    }

    boolean isUp() {
        return isUp;
    }

    SimSession session() {
        return session;
    }

    /** What this broker knows; null if it is down or not registered. */
    ClusterImage image() {
        return isUp ? membership.image() : null;
    }

    /** Whether it follows all topics, or would if there were any. */
    boolean isReady() {
        return image() != null && !image().topics().isEmpty();
    }

    /** The controller that this broker believes to be; null if none. */
    Controller controller() {
        return isUp ? membership.controller() : null;
    }

    void start() {
        if (isUp) {
            return;
        }
        isUp = true;
        int life = ++lives;
        BrokerInfo info = BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "h" + id, 9092))
                .withRack("r" + id % 3);
        MemberSettings settings = MemberSettings.of(id, info)
                .withConflict(new ConflictPolicy(SimSession.TIMEOUT_MILLIS * 3))
                .withStandbys(cluster.standbys())
                .withController(new ControllerSettings(true, false, 20_000, 3_000, 0, true));
        membership = new Membership(settings, new Host(life), time, random::nextLong, () -> openSession(life));
        membership.start();
    }

    private void openSession(int life) {
        time.after(1 + random.nextInt(50), () -> {
            if (isUp && life == lives) {
                session = cluster.open(this);
                membership.onSession(session);
            }
        });
    }

    void kill() {
        if (isUp) {
            isUp = false;
            membership = null;
            if (session != null) {
                session.close();
                cluster.abandon(session);
                session = null;
            }
        }
    }

    @Override
    public void onConnected() {
        membership.onConnected();
    }

    @Override
    public void onDisconnected() {
        membership.onDisconnected(SimSession.TIMEOUT_MILLIS * 2 / 3);
    }

    @Override
    public void onExpired() {
        session = null;
        membership.onExpired();
    }

    /** As a leader, changes who is in sync with it: followers that are alive come in, others may fall out. */
    void lead(boolean isCalm) {
        // Who does not follow the topics is told by the controller what it leads.
        ClusterImage image = isReady() ? image() : cluster.imageOfController();
        if (image == null || image() == null || session == null) {
            return;
        }
        List<TopicPartition> led = image.partitions();
        led.removeIf(partition ->
                image.state(partition) == null || image.state(partition).state().leader() != id);
        if (isCalm) {
            led.forEach(partition -> changeIsr(image, partition, true));
        } else if (!led.isEmpty()) {
            changeIsr(image, led.get(random.nextInt(led.size())), false);
        }
    }

    private void changeIsr(ClusterImage image, TopicPartition partition, boolean isCalm) {
        StoredState stored = image.state(partition);
        // The replicas come with the order to lead, so they are never older than the state that the leader knows.
        ReplicaSet replicas = cluster.replicas(partition);
        if (replicas == null) {
            return;
        }
        List<Integer> isr = new ArrayList<>(stored.state().isr());
        if (!isCalm && isr.size() > 1 && random.nextInt(3) == 0) {
            isr.removeIf(broker -> broker != id && random.nextBoolean());
        } else {
            for (int replica : replicas.replicas()) {
                if (!isr.contains(replica) && image.brokers().containsKey(replica)) {
                    isr.add(replica);
                }
            }
        }
        PartitionState next = stored.state().withIsr(isr).withRecovery(0);
        if (!next.equals(stored.state())) {
            cluster.writeAsLeader(
                    session,
                    image.topic(partition.topic()),
                    Write.set(RegistryPaths.state(partition), StateJson.encode(next), stored.version()));
        }
    }

    private final class Host implements MemberListener {
        private final int life;

        Host(int life) {
            this.life = life;
        }

        @Override
        public void onRefused(String reason) {
            // Somebody has the id for longer than this broker waits: as a process it would end, and be started again.
            time.after(1, () -> {
                if (life == lives) {
                    kill();
                }
            });
        }

        @Override
        public void onDecided(PartitionDescription partition) {
            cluster.onDecided(partition);
        }

        @Override
        public void deleteReplicas(TopicPartition partition, List<Integer> brokers, Consumer<Boolean> done) {
            cluster.onDeletion(partition, brokers, false);
            time.after(random.nextInt(20), () -> {
                done.accept(cluster.isCalm() || random.nextInt(10) > 0);
                cluster.onDeletion(partition, brokers, true);
            });
        }
    }
}
