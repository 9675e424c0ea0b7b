package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** Lists the settings in force, as the reference names them. */
final class ConfCommand implements AdminCommand {

    private static final int ELECTION_ALGORITHM = 3;

    private final AdminFacts facts;

    ConfCommand(AdminFacts facts) {
        this.facts = facts;
    }

    @Override
    public String name() {
        return "conf";
    }

    @Override
    public Needs needs() {
        return Needs.SERVING;
    }

    @Override
    public String run(ServerView view, long argument) {
        ConfFacts conf = facts.conf();
        StringBuilder text = new StringBuilder();
        line(text, "clientPort", conf.clientPort());
        line(text, "secureClientPort", conf.secureClientPort());
        line(text, "dataDir", conf.dataDir());
        line(text, "dataDirSize", facts.dataDirBytes());
        line(text, "dataLogDir", conf.dataLogDir());
        line(text, "dataLogSize", facts.logDirBytes());
        line(text, "tickTime", conf.tickMillis());
        line(text, "maxClientCnxns", conf.maxClientCnxns());
        line(text, "minSessionTimeout", conf.minSessionTimeoutMillis());
        line(text, "maxSessionTimeout", conf.maxSessionTimeoutMillis());
        line(text, "clientPortListenBacklog", conf.clientPortListenBacklog());
        line(text, "serverId", conf.serverId());
        conf.ensemble().ifPresent(ensemble -> members(text, ensemble));
        return text.toString();
    }

    private static void members(StringBuilder text, ConfFacts.EnsembleFacts ensemble) {
        line(text, "initLimit", ensemble.initLimit());
        line(text, "syncLimit", ensemble.syncLimit());
        line(text, "electionAlg", ELECTION_ALGORITHM);
        line(text, "electionPort", ensemble.electionPort());
        line(text, "quorumPort", ensemble.quorumPort());
        line(text, "peerType", ensemble.observer() ? 1 : 0);
        text.append("membership: \n").append(ensemble.membership());
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append("=").append(value).append("\n");
    }
}
