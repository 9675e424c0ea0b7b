package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.ServerView;

/** Lists the settings in force, as the reference names them. */
final class ConfCommand implements AdminCommand {

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
        return text.toString();
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append("=").append(value).append("\n");
    }
}
