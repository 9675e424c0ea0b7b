package io.quorate.groups.read;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Subscription;
import java.util.SortedSet;

/**
 * One registered member.
 *
 * @param id consumer id
 * @param subscription what it wants; null if its body cannot be read
 * @param isQuorate whether it uses this library; false for old consumers
 * @param origin what it says of itself; all null for old consumers
 * @param registeredMillis since 1970
 * @param session that keeps the registration
 * @param owned what it owns now
 * @param target what it should own; empty in a group without targets
 */
public record MemberFacts(
        String id,
        Subscription subscription,
        boolean isQuorate,
        Registration.Origin origin,
        long registeredMillis,
        long session,
        SortedSet<TopicPartition> owned,
        SortedSet<TopicPartition> target) {}
