package io.quorate.registry.controller;

import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Tree;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Finds everything below a node, one level after another. Used once. */
final class Subtree {
    private final Tree tree;
    private final Predicate<String> isLeaf;
    private final BiConsumer<ErrorCode, List<String>> done;
    private final List<String> found = new ArrayList<>();

    /**
     * @param isLeaf nodes below which there is nothing to be expected: they are not asked
     * @param done gets OK and the paths, those above before those below; or why they cannot be read
     */
    Subtree(Tree tree, Predicate<String> isLeaf, BiConsumer<ErrorCode, List<String>> done) {
        this.tree = tree;
        this.isLeaf = isLeaf;
        this.done = done;
    }

    /** Begins. */
    void list(String root) {
        look(List.of(root));
    }

    private void look(List<String> level) {
        if (level.isEmpty()) {
            done.accept(ErrorCode.OK, found);
        } else {
            tree.read(level.stream().map(Read::children).toList(), this::onSeen);
        }
    }

    private void onSeen(ReadReply reply) {
        if (!reply.isOk()) {
            done.accept(reply.error(), List.of());
            return;
        }
        List<String> next = new ArrayList<>();
        for (Node node : reply.nodes()) {
            node.children().forEach(name -> next.add(node.path() + "/" + name));
        }
        found.addAll(next);
        next.removeIf(isLeaf);
        look(next);
    }
}
