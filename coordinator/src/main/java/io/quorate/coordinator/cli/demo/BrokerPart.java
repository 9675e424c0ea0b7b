package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.registry.BrokerMember;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.wire.client.CoordinatorClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One broker of the demo: registers, stands for controller, and holds no data. */
@Command(name = "broker", hidden = true, description = "A part of the demo. Example: quorate demo broker host:2181 1")
final class BrokerPart implements Callable<Integer>, MemberListener {

    private static final int PORT_BASE = 9090;

    @Parameters(index = "0")
    private String servers;

    @Parameters(index = "1")
    private int id;

    @Override
    public Integer call() {
        Endpoint endpoint = new Endpoint(Endpoint.PLAINTEXT, Endpoint.PLAINTEXT, "127.0.0.1", PORT_BASE + id);
        MemberSettings settings = MemberSettings.of(id, BrokerInfo.of(endpoint).withRack("rack-" + id));
        try (BrokerMember member = BrokerMember.join(
                CoordinatorClient.builder(servers).sessionTimeout(DemoCommand.SESSION_TIMEOUT), settings, this)) {
            assert member != null;
            ParentWatch.awaitEnd();
        }
        return ExitCode.OK.code();
    }

    @Override
    public void onRegistered(long epoch) {
        System.out.println("registered with epoch " + epoch);
    }

    @Override
    public void onRefused(String reason) {
        System.out.println("refused: " + reason);
    }

    @Override
    public void onSessionLost() {
        System.out.println("session lost");
    }

    @Override
    public void onController(ControllerInfo controller) {
        System.out.println("controller: " + controller);
    }
}
