package io.quorate.groups.read;

import io.quorate.groups.layout.GroupPaths;
import io.quorate.wire.client.CoordinatorClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what the tree says about groups: those of this library, and those of old consumers. Changes nothing.
 *
 * <p>Every method waits for the server, and throws the {@link io.quorate.wire.client.CoordinatorException} with which a
 * request failed, or a {@link GroupReadException} if one node may not be read; none may be called from a callback of the client. Safe for use by any number of threads.
 */
public final class GroupReader {
    private final CoordinatorClient client;
    private final LogEndOffsets logEnds;

    /** Reads with this client, and knows where logs end from {@code logEnds}. The client is not closed. */
    public GroupReader(CoordinatorClient client, LogEndOffsets logEnds) {
        this.client = client;
        this.logEnds = logEnds;
    }

    /** The names of all groups, in order. */
    public List<String> names() {
        return new BatchedReads(client.sync()).children(GroupPaths.CONSUMERS);
    }

    /** All groups, in order of their names; one that vanishes meanwhile is left out. */
    public List<GroupFacts> list() {
        List<GroupFacts> found = new ArrayList<>();
        for (String name : names()) {
            if (GroupPaths.isName(name)) {
                describe(name).ifPresent(found::add);
            }
        }
        return found;
    }

    /** One group; empty if there is none of that name. */
    public Optional<GroupFacts> describe(String group) {
        return new GroupSurvey(new GroupPaths(group), new BatchedReads(client.sync()), logEnds).facts();
    }
}
