package io.quorate.coordinator.tree;

/** Told of every change while it is applied, in the order in which watches see it (semantics 6.3). */
public interface Changes {

    /** {@code node} was created and is linked into the tree. */
    void created(Znode node);

    /** {@code node} was removed; its fields and its parent are still readable. */
    void deleted(Znode node);

    /** The data of {@code node} was set. */
    void dataChanged(Znode node);
}
