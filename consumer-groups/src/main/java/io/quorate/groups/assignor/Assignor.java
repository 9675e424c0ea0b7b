package io.quorate.groups.assignor;

/**
 * Decides who gets which partition in a native group. A pure function: the same input in any order gives the same output, and
 * nothing is kept from one call to the next.
 *
 * <p>Further ones are found by {@link java.util.ServiceLoader} under the name of this interface.
 */
public interface Assignor {
    /** What configurations call it. */
    String name();

    /**
     * Gives every partition that at least one member may have to exactly one of these members.
     *
     * @return an entry for every member, also for those that get nothing
     */
    Assignment assign(GroupView group);
}
