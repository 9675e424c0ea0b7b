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
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    /** Topics about which somebody wants to know, and nobody has asked. */
    private final Set<String> wanted = new LinkedHashSet<>();
    /** Topics about which an answer is awaited; none that may have changed since. */
    private final Set<String> asked = new HashSet<>();

    private boolean isAsking;

    UncleanPolicy(Term term) {
        this.term = term;
    }

    /** Any configuration may have changed, also while there was no connection: those who wait for it are to be looked at again. */
    void onConfigChange() {
        allowed.clear();
        asked.clear();
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
        wanted.remove(topic);
    }

    /** Whether the topic wants it; no, as long as that is not known: {@link #ask} finds out. */
    boolean isAllowed(String topic) {
        Boolean known = allowed.get(topic);
        if (known == null && !asked.contains(topic)) {
            wanted.add(topic);
        }
        return known != null && known;
    }

    /** Asks about all topics of which that was wanted since, at once: after a cold start these may be all. */
    void ask() {
        if (isAsking || wanted.isEmpty()) {
            return;
        }
        isAsking = true;
        List<String> topics = List.copyOf(wanted);
        asked.addAll(wanted);
        wanted.clear();
        List<String> paths = new ArrayList<>();
        paths.add(RegistryPaths.config(ConfigEntity.allBrokers()));
        topics.forEach(topic -> paths.add(RegistryPaths.config(ConfigEntity.topic(topic))));
        term.tree().readEach(Read.data(paths), reply -> onRead(topics, reply));
    }

    private void onRead(List<String> topics, ReadReply reply) {
        isAsking = false;
        if (term.writer().isStopped()) {
            return;
        }
        Set<String> unknown = new LinkedHashSet<>(topics);
        // Those that are not asked for any more have changed meanwhile.
        unknown.retainAll(asked);
        asked.clear();
        ErrorCode error = reply.error();
        for (int i = 0; reply.isOk() && i < topics.size(); i++) {
            String topic = topics.get(i);
            Node config = reply.nodes().get(i + 1);
            Node effective = setting(config) == null && config.isReadable()
                    ? reply.nodes().get(0)
                    : config;
            if (!effective.isReadable()) {
                error = effective.error();
            } else if (unknown.remove(topic)) {
                onKnown(topic, setting(effective));
            }
        }
        onUnknown(unknown, error);
        ask();
    }

    /** @param setting null if nobody says anything */
    private void onKnown(String topic, String setting) {
        boolean isWanted = setting == null ? term.settings().isUncleanAllowed() : Boolean.parseBoolean(setting);
        allowed.put(topic, isWanted);
        if (isWanted) {
            lookAt(topic);
        }
    }

    /** What nobody could find out is asked again, ever more rarely; when there is another connection everything is. */
    private void onUnknown(Set<String> topics, ErrorCode error) {
        if (topics.isEmpty()) {
            term.backoff().succeeded(RegistryPaths.CONFIG);
        } else if (error != ErrorCode.CONNECTION_LOSS) {
            term.work().after(term.backoff().failed(RegistryPaths.CONFIG, error), () -> topics.forEach(this::lookAt));
        }
    }

    private void lookAt(String topic) {
        if (term.image().topic(topic) != null) {
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
