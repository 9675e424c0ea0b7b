package io.quorate.registry.model;

import java.util.List;

/**
 * A topic with all that is known about its partitions.
 *
 * @param name of the topic
 * @param assignment what its node says
 * @param version of that node
 * @param partitions by number
 * @param isDeletionRequested whether somebody wants it deleted
 */
public record TopicDescription(
        String name,
        TopicAssignment assignment,
        int version,
        List<PartitionDescription> partitions,
        boolean isDeletionRequested) {
    public TopicDescription {
        partitions = List.copyOf(partitions);
    }

    /** See {@link TopicAssignment#topicId}. */
    public String topicId() {
        return assignment.topicId();
    }
}
