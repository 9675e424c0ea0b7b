package io.quorate.groups.assignor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** Asks an {@link Assignor}, which may be anybody's, and looks at the answer before a group has to live with it. */
public final class CheckedAnswer {
    private final GroupView group;
    private final Set<TopicPartition> given = new HashSet<>();

    private CheckedAnswer(GroupView group) {
        this.group = group;
    }

    /**
     * What an assignor gives whom.
     *
     * @throws UnusableAssignment if it fails, or its answer breaks a rule of {@link Assignor#assign}
     */
    public static Assignment of(Assignor assignor, GroupView group) throws UnusableAssignment {
        try {
            Assignment answer = assignor.assign(group);
            if (answer == null) {
                throw unusable("it gave no answer");
            }
            CheckedAnswer check = new CheckedAnswer(group);
            check.shares(answer);
            check.nothingIsLeftOut();
            return answer;
        } catch (UnusableAssignment e) {
            throw e;
        } catch (Throwable e) {
            // Whatever it is: the group outlives it, and who wrote the assignor is told.
            throw new UnusableAssignment("it failed: " + e, e);
        }
    }

    private void shares(Assignment answer) throws UnusableAssignment {
        Map<String, GroupView.Member> members = new HashMap<>();
        group.members().forEach(each -> members.put(each.id(), each));
        for (Map.Entry<String, SortedSet<TopicPartition>> each :
                answer.byMember().entrySet()) {
            GroupView.Member member = members.get(each.getKey());
            if (member == null) {
                throw unusable("there is no member " + each.getKey());
            }
            share(member, each.getValue());
        }
    }

    private void share(GroupView.Member member, Set<TopicPartition> partitions) throws UnusableAssignment {
        // Asked once for each topic of the share: lists of topics are long, and members many.
        String topic = null;
        for (TopicPartition each : partitions) {
            if (!each.topic().equals(topic) && !member.topics().contains(each.topic())) {
                throw unusable(each + " is given to " + member.id() + ", which does not want it");
            }
            topic = each.topic();
            if (!group.topics().containsKey(topic) || !group.topics().get(topic).containsKey(each.partition())) {
                throw unusable(each + " is not to be given away");
            }
            if (!given.add(each)) {
                throw unusable(each + " is given twice");
            }
        }
    }

    private void nothingIsLeftOut() throws UnusableAssignment {
        for (String topic : group.topics().keySet()) {
            for (int number : group.topics().get(topic).keySet()) {
                TopicPartition each = new TopicPartition(topic, number);
                if (!given.contains(each) && isWanted(topic)) {
                    throw unusable(each + " is given to nobody");
                } else if (!given.contains(each)) {
                    break;
                }
            }
        }
    }

    private boolean isWanted(String topic) {
        return group.members().stream().anyMatch(each -> each.topics().contains(topic));
    }

    private static UnusableAssignment unusable(String reason) {
        return new UnusableAssignment(reason, null);
    }
}
