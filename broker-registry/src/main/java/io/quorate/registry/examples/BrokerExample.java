package io.quorate.registry.examples;

import io.quorate.registry.BrokerMember;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.TopicPartition;
import io.quorate.wire.client.CoordinatorClient;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/**
 * A broker without data: registers, stands for controller, and prints what it sees until a line is typed (or its input ends).
 *
 * <pre>java -cp … io.quorate.registry.examples.BrokerExample 127.0.0.1:2181 7</pre>
 */
public final class BrokerExample implements MemberListener {
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(18);

    private final PrintStream out;

    /** Prints there. */
    public BrokerExample(PrintStream out) {
        this.out = out;
    }

    /** @param args connect string and broker id */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: BrokerExample HOST:PORT[,HOST:PORT…][/CHROOT] BROKER_ID");
            return;
        }
        int id = Integer.parseInt(args[1]);
        try (BrokerMember member = new BrokerExample(System.out).join(args[0], id)) {
            member.whenRegistered().join();
            int typed = System.in.read();
            System.out.println(typed < 0 ? "no more input" : "leaving");
        }
    }

    /** Joins as this broker. */
    public BrokerMember join(String connectString, int id) {
        BrokerInfo info = BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "127.0.0.1", 9000 + id));
        return BrokerMember.join(
                CoordinatorClient.builder(connectString).sessionTimeout(SESSION_TIMEOUT),
                MemberSettings.of(id, info),
                this);
    }

    @Override
    public void onRegistered(long epoch) {
        out.println("registered with epoch " + epoch);
    }

    @Override
    public void onRefused(String reason) {
        out.println("not registered: " + reason);
    }

    @Override
    public void onSessionLost() {
        out.println("the session is over; another one is on its way");
    }

    @Override
    public void onController(ControllerInfo controller) {
        out.println(controller == null ? "nobody is controller" : "controller is broker " + controller.brokerId());
    }

    @Override
    public void onElected(int epoch) {
        out.println("this broker is controller number " + epoch);
    }

    @Override
    public void onResigned() {
        out.println("this broker is controller no more");
    }

    @Override
    public void onDecided(PartitionDescription partition) {
        out.println("decided: " + partition);
    }

    @Override
    public void onBroker(int id, Broker before, Broker now) {
        out.println(
                "broker " + id + (now == null ? " is gone" : " at " + now.info().endpoints()));
    }

    @Override
    public void onTopic(String name) {
        out.println("topic " + name + " has changed");
    }

    @Override
    public void onPartition(TopicPartition partition) {
        out.println("partition " + partition + " has changed");
    }

    @Override
    public void onTrouble(String what) {
        out.println("trouble: " + what);
    }
}
