package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.OffsetBody;
import io.quorate.wire.client.OpResult;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads offsets that are committed, of whatever partitions (consumer-groups D9). */
final class CommittedReads {
    private final Context context;

    CommittedReads(Context context) {
        this.context = context;
    }

    /** Answers with {@link Orders#offsets}. */
    void read(long id, Collection<TopicPartition> partitions) {
        List<TopicPartition> inOrder = List.copyOf(partitions);
        List<TreeRead> reads = inOrder.stream()
                .map(each -> TreeRead.data(context.paths.offset(each)))
                .toList();
        context.requests.read(reads, answer -> {
            Answer whole = answer.whole();
            if (!whole.isOk()) {
                String what = whole.isRefusal() ? "not to be read: " : "no answer from a server: ";
                context.orders.offsets(id, Map.of(), what + whole.error());
                return;
            }
            Map<TopicPartition, OptionalLong> found = new TreeMap<>();
            for (int i = 0; i < inOrder.size(); i++) {
                OpResult node = answer.results().get(i);
                found.put(inOrder.get(i), node.isOk() ? OffsetBody.read(node.data()) : OptionalLong.empty());
            }
            context.orders.offsets(id, found, null);
        });
    }
}
