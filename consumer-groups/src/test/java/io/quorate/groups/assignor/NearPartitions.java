package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts partitions that are near their owners, and how many can be in a balanced assignment: the largest flow through a
 * network of partitions, members and larger shares, by augmenting paths on a plain matrix.
 */
final class NearPartitions {
    private NearPartitions() {}

    static int count(GroupView group, Assignment given) {
        Racks racks = Racks.of(group);
        int near = 0;
        for (GroupView.Member member : group.members()) {
            for (TopicPartition each : given.of(member.id())) {
                near += racks.match(
                                member.id(), group.topics().get(each.topic()).get(each.partition()))
                        ? 1
                        : 0;
            }
        }
        return near;
    }

    static int most(GroupView group) {
        List<TopicPartition> all = new ArrayList<>(RandomGroups.wanted(group));
        int members = group.members().size();
        int source = 0;
        int larger = 1 + all.size() + members;
        int sink = larger + 1;
        int[][] room = new int[sink + 1][sink + 1];
        Racks racks = Racks.of(group);
        for (int p = 0; p < all.size(); p++) {
            room[source][1 + p] = 1;
            for (int m = 0; m < members; m++) {
                TopicPartition each = all.get(p);
                boolean near = racks.match(
                        group.members().get(m).id(),
                        group.topics().get(each.topic()).get(each.partition()));
                room[1 + p][1 + all.size() + m] = near ? 1 : 0;
            }
        }
        for (int m = 0; m < members; m++) {
            room[1 + all.size() + m][sink] = all.size() / members;
            room[1 + all.size() + m][larger] = 1;
        }
        room[larger][sink] = all.size() % members;
        int flow = 0;
        while (augment(room, source, sink, new boolean[sink + 1])) {
            flow++;
        }
        return flow;
    }

    private static boolean augment(int[][] room, int at, int sink, boolean[] seen) {
        if (at == sink) {
            return true;
        }
        seen[at] = true;
        for (int next = 0; next < room.length; next++) {
            if (room[at][next] > 0 && !seen[next] && augment(room, next, sink, seen)) {
                room[at][next]--;
                room[next][at]++;
                return true;
            }
        }
        return false;
    }
}
