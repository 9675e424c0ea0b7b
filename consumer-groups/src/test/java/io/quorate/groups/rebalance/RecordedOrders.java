package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Takes notes of what is asked of the tree; the test answers. */
final class RecordedOrders implements Orders {
    /** One request, in words. */
    record Asked(long id, String what) {}

    private final List<Asked> asked = new ArrayList<>();

    /** What was asked since the last time. */
    List<Asked> take() {
        List<Asked> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    private void ask(long id, String what) {
        asked.add(new Asked(id, what));
    }

    @Override
    public void multi(long id, List<TreeOp> ops) {
        ask(id, "multi " + ops);
    }

    @Override
    public void read(long id, List<TreeRead> reads) {
        ask(id, "read " + reads.get(0).path());
    }

    @Override
    public void exists(long id, String path) {
        ask(id, "exists " + path);
    }

    @Override
    public void watch(long id, String path, boolean recursive) {
        ask(id, "watch " + path);
    }

    @Override
    public void unwatch(long id, String path, boolean recursive) {
        ask(id, "unwatch " + path);
    }

    @Override
    public void openSession() {}

    @Override
    public void closeSession() {}

    @Override
    public void assigned(Map<TopicPartition, OptionalLong> offsets) {}

    @Override
    public void revoke(long revocation, Set<TopicPartition> partitions) {}

    @Override
    public void revokeOverdue(Set<TopicPartition> partitions) {}

    @Override
    public void lost(Set<TopicPartition> partitions) {}

    @Override
    public void moved(long move, TopicPartition partition, long offset) {}

    @Override
    public void complain(String what) {}

    @Override
    public void committed(long commit, String failure) {}

    @Override
    public void offsets(long read, Map<TopicPartition, OptionalLong> offsets, String failure) {}

    @Override
    public void alarm(Alarm alarm) {}

    @Override
    public void ended(End end, String reason) {}
}
