package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.Endpoint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One broker of the demo: registers, stands for controller, and holds no data. */
@Command(name = "broker", hidden = true, description = "A part of the demo. Example: quorate demo broker host:2181 1")
final class BrokerPart implements Callable<Integer> {

    private static final int PORT_BASE = 9090;

    @Parameters(index = "0")
    private String servers;

    @Parameters(index = "1")
    private int id;

    @Override
    public Integer call() {
        Endpoint endpoint = new Endpoint(Endpoint.PLAINTEXT, Endpoint.PLAINTEXT, "127.0.0.1", PORT_BASE + id);
        BrokerInfo info = BrokerInfo.of(endpoint).withRack("rack-" + id);
        try (BrokerSessions sessions = new BrokerSessions(servers, MemberSettings.of(id, info), new MemberListener() {})) {
            sessions.start();
            ParentWatch.awaitEnd();
        }
        return ExitCode.OK.code();
    }
}
