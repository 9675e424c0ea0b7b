package io.quorate.groups.assignor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts how many partitions an assignment takes from a previous owner, and how many any must (consumer-groups C5). */
final class Moves {
    private Moves() {}

    static int count(GroupView group, Assignment given) {
        int moved = 0;
        for (Map.Entry<TopicPartition, String> each : previous(group).entrySet()) {
            moved += given.of(each.getValue()).contains(each.getKey()) ? 0 : 1;
        }
        return moved;
    }

    /** The formula for groups that all want the same. */
    static int leastUniform(GroupView group) {
        Map<String, Integer> held = new HashMap<>();
        previous(group).values().forEach(member -> held.merge(member, 1, Integer::sum));
        int members = group.members().size();
        int partitions = RandomGroups.wanted(group).size();
        int q = partitions / members;
        int sum = held.values().stream().mapToInt(Integer::intValue).sum();
        int kept = held.values().stream().mapToInt(c -> Math.min(c, q)).sum();
        int above = (int) held.values().stream().filter(c -> c > q).count();
        return sum - kept - Math.min(partitions % members, above);
    }

    /** Written down anew, not asked of the assignor: the later of two claims, none of two from one generation. */
    static Map<TopicPartition, String> previous(GroupView group) {
        Map<TopicPartition, String> owners = new HashMap<>();
        for (TopicPartition each : RandomGroups.wanted(group)) {
            List<GroupView.Member> claiming = group.members().stream()
                    .filter(m -> m.previous().contains(each) && m.topics().contains(each.topic()))
                    .toList();
            int latest = claiming.stream()
                    .mapToInt(GroupView.Member::generation)
                    .max()
                    .orElse(0);
            List<GroupView.Member> last =
                    claiming.stream().filter(m -> m.generation() == latest).toList();
            if (last.size() == 1) {
                owners.put(each, last.get(0).id());
            }
        }
        return owners;
    }

    /** The least of all balanced assignments, by trying each; for very small groups. */
    static int leastByTrying(GroupView group) {
        List<TopicPartition> all = List.copyOf(RandomGroups.wanted(group));
        int[] before = new int[all.size()];
        Map<TopicPartition, String> previous = previous(group);
        for (int p = 0; p < before.length; p++) {
            String owner = previous.get(all.get(p));
            before[p] = -1;
            for (int m = 0; m < group.members().size(); m++) {
                before[p] = group.members().get(m).id().equals(owner) ? m : before[p];
            }
        }
        return least(before, 0, new int[group.members().size()], 0);
    }

    private static int least(int[] before, int p, int[] load, int moved) {
        int q = before.length / load.length;
        if (p == before.length) {
            for (int each : load) {
                if (each < q) {
                    return Integer.MAX_VALUE;
                }
            }
            return moved;
        }
        int best = Integer.MAX_VALUE;
        for (int m = 0; m < load.length; m++) {
            if (load[m] < q + (before.length % load.length > 0 ? 1 : 0)) {
                load[m]++;
                best = Math.min(best, least(before, p + 1, load, moved + (before[p] < 0 || before[p] == m ? 0 : 1)));
                load[m]--;
            }
        }
        return best;
    }
}
