package io.quorate.coordinator.zab;

/** Opens links to other members' quorum ports. */
public interface LinkOut {

    /**
     * A new link to this member. It is returned before it is connected; if no connection comes about in a few tries it is
     * gone.
     */
    Link connect(long sid);
}
