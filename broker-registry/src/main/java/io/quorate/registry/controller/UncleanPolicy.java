package io.quorate.registry.controller;

import io.quorate.registry.image.StoredState;
import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.MalformedBodyException;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows which topics want a leader that may lack data rather than none (registry spec 7.3). Asked for only when it matters, and
 * forgotten whenever any configuration has changed.
 */
final class UncleanPolicy {
    private static final String SETTING = "unclean.leader.election.enable";

    private final Term term;
    private final Map<String, Boolean> allowed = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    UncleanPolicy(Term term) {
        this.term = term;
    }

    /** Any configuration may have changed, also while there was no connection: those who wait for it are to be looked at again. */
    void onConfigChange() {
        allowed.clear();
        term.image().partitions().stream().filter(this::mayWait).forEach(term.work()::lookAt);
    }

    /** Whether nobody leads it, or that is perhaps just being written. */
    private boolean mayWait(TopicPartition partition) {
        StoredState stored = term.image().state(partition);
        return term.work().isBusy(partition)
                || (stored != null && !stored.state().hasLeader());
    }

    /** A topic is gone: one of the same name may want something else. */
    void onTopicGone(String topic) {
        allowed.remove(topic);
        asked.remove(topic);
    }

    /** Whether the topic wants it; no, as long as that is not known, and its partitions are looked at when it is. */
    boolean isAllowed(String topic) {
        Boolean known = allowed.get(topic);
        if (known == null && asked.add(topic)) {
            term.tree()
                    .read(
                            List.of(
                                    Read.data(RegistryPaths.config(ConfigEntity.topic(topic))),
                                    Read.data(RegistryPaths.config(ConfigEntity.allBrokers()))),
                            reply -> onRead(topic, reply));
        }
        return known != null && known;
    }

    private void onRead(String topic, ReadReply reply) {
        if (!asked.remove(topic) || !reply.isOk()) {
            return;
        }
        String setting = reply.nodes().stream()
                .map(UncleanPolicy::setting)
                .filter(value -> value != null)
                .findFirst()
                .orElse(Boolean.toString(term.settings().isUncleanAllowed()));
        allowed.put(topic, Boolean.parseBoolean(setting));
        if (Boolean.parseBoolean(setting) && term.image().topic(topic) != null) {
            term.work().lookAt(term.image().topic(topic).partitions());
            term.work().wakeUp();
        }
    }

    private static String setting(Node config) {
        try {
            return config.exists() ? ConfigJson.decode(config.data()).get(SETTING) : null;
        } catch (MalformedBodyException e) {
            return null;
        }
    }
}
