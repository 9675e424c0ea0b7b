package io.quorate.bench;

import io.quorate.registry.BrokerMember;
import io.quorate.registry.controller.ControllerSettings;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.ClientTraffic;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** One broker of a fleet under measurement: it has no data, and only takes the time of what it is told. */
final class BrokerNode implements MemberListener {

    /** Leaders are not moved back while something else is measured. */
    private static final ControllerSettings NO_BALANCE = new ControllerSettings(true, false, 0, 0, 10, true);

    private static final int PORT = 9092;

    private final int id;
    private final ClientTraffic traffic = new ClientTraffic();
    private final LongAdder decided = new LongAdder();
    private final Map<Integer, Long> seen = new ConcurrentHashMap<>();
    private final Map<Integer, Long> goneNanos = new ConcurrentHashMap<>();
    private volatile long registeredNanos;
    private volatile long electedNanos;
    private volatile long decidedNanos;
    private BrokerMember member;

    private BrokerNode(int id) {
        this.id = id;
    }

    /** Joins, in the background. */
    static BrokerNode join(int id, boolean isCandidate, ClientBuilder sessions) {
        BrokerNode node = new BrokerNode(id);
        BrokerInfo info = BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "127.0.0.1", PORT));
        // What other brokers do is the controller's business.
        MemberSettings settings = MemberSettings.of(id, info)
                .withCandidate(isCandidate)
                .withBrokers(false)
                .withController(NO_BALANCE);
        node.member = BrokerMember.join(sessions.traffic(node.traffic), settings, node);
        return node;
    }

    int id() {
        return id;
    }

    BrokerMember member() {
        return member;
    }

    ClientTraffic traffic() {
        return traffic;
    }

    /** How many decisions about partitions it has made as controller; the last one at {@link #decidedNanos}. */
    long decided() {
        return decided.sum();
    }

    long decidedNanos() {
        return decidedNanos;
    }

    /** When it was registered last; all times are of {@link System#nanoTime}. */
    long registeredNanos() {
        return registeredNanos;
    }

    /** When it was elected last; 0 for never. */
    long electedNanos() {
        return electedNanos;
    }

    /** How many brokers it knows. */
    int brokers() {
        return seen.size();
    }

    /** When it learnt that a broker is gone; null if it has not. */
    Long goneNanos(int broker) {
        return goneNanos.get(broker);
    }

    @Override
    public void onRegistered(long epoch) {
        registeredNanos = System.nanoTime();
    }

    @Override
    public void onElected(int epoch) {
        electedNanos = System.nanoTime();
    }

    @Override
    public void onDecided(PartitionDescription partition) {
        decided.increment();
        decidedNanos = System.nanoTime();
    }

    @Override
    public void onBroker(int broker, Broker before, Broker now) {
        if (now == null) {
            seen.remove(broker);
            goneNanos.put(broker, System.nanoTime());
        } else {
            seen.put(broker, now.epoch());
            goneNanos.remove(broker);
        }
    }
}
