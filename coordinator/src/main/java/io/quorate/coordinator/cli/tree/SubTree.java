package io.quorate.coordinator.cli.tree;

import io.quorate.wire.client.Children;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.WriteOp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;

/** A node and all below it: listed with many reads in flight, deleted with many nodes per transaction. */
public final class SubTree {

    /** Reads without an answer at a time. */
    private static final int WINDOW = 500;

    /** How often a deletion begins anew when others create or delete nodes below meanwhile. */
    private static final int DELETE_ROUNDS = 5;

    /** Puts a parent before its children, and these before its next sibling. */
    private static final Comparator<String> TREE_ORDER = Comparator.comparing(path -> path.replace('/', '\0'));

    private SubTree() {}

    /** The paths of a node and all below it, parents first; what others delete meanwhile is left out. */
    public static List<String> paths(CoordinatorClient client, String root) {
        List<String> all = new ArrayList<>(List.of(root));
        List<String> level = childrenOf(client, List.of(root), true);
        while (!level.isEmpty()) {
            all.addAll(level);
            level = childrenOf(client, level, false);
        }
        all.sort(TREE_ORDER);
        return all;
    }

    private static List<String> childrenOf(CoordinatorClient client, List<String> parents, boolean mustExist) {
        List<String> found = new ArrayList<>();
        for (int start = 0; start < parents.size(); start += WINDOW) {
            List<String> some = parents.subList(start, Math.min(parents.size(), start + WINDOW));
            List<CompletableFuture<Children>> answers =
                    some.stream().map(client::getChildren).toList();
            for (int i = 0; i < some.size(); i++) {
                String parent = some.get(i);
                for (String name : namesOf(answers.get(i), mustExist)) {
                    found.add(child(parent, name));
                }
            }
        }
        return found;
    }

    private static List<String> namesOf(CompletableFuture<Children> answer, boolean mustExist) {
        try {
            return answer.join().names();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CoordinatorException failure) {
                if (failure instanceof CoordinatorException.NoNode && !mustExist) {
                    return List.of();
                }
                throw failure;
            }
            throw e;
        }
    }

    /** The path of a child. */
    public static String child(String parent, String name) {
        return parent.equals("/") ? "/" + name : parent + "/" + name;
    }

    /**
     * Deletes a node and all below it, at most {@code batch} nodes per transaction; gives how many there were. What others create
     * below it meanwhile is deleted as well, within limits.
     */
    public static int delete(CoordinatorClient client, String root, int batch) {
        return delete(client, root, batch, soFar -> {});
    }

    /** The same; {@code deletedSoFar} hears after each transaction how many are gone. */
    static int delete(CoordinatorClient client, String root, int batch, IntConsumer deletedSoFar) {
        int deleted = 0;
        for (int round = 1; ; round++) {
            List<String> leavesFirst = paths(client, root);
            Collections.reverse(leavesFirst);
            try {
                for (int start = 0; start < leavesFirst.size(); start += batch) {
                    List<String> some = leavesFirst.subList(start, Math.min(leavesFirst.size(), start + batch));
                    client.sync()
                            .multi(some.stream()
                                    .map(path -> WriteOp.delete(path, -1))
                                    .toList());
                    deleted += some.size();
                    deletedSoFar.accept(deleted);
                }
                return deleted;
            } catch (CoordinatorException.MultiFailed e) {
                if (round == DELETE_ROUNDS || !isRace(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isRace(CoordinatorException e) {
        return switch (e.error()) {
            case NO_NODE, NOT_EMPTY -> true;
            default -> false;
        };
    }
}
