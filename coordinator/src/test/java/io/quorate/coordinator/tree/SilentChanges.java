package io.quorate.coordinator.tree;

/** Nobody listens. */
final class SilentChanges implements Changes {

    @Override
    public void created(Znode node) {}

    @Override
    public void deleted(Znode node) {}

    @Override
    public void dataChanged(Znode node) {}
}
