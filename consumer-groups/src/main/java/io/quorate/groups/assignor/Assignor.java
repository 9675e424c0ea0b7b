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
     * Gives every partition that at least one member wants to exactly one of the members that want it, and nothing else. An
     * answer that does not do so is no more used than one that is null or thrown: everybody keeps what he was given before, the
     * leader raises an alarm, and asks again after a while and whenever something changes.
     *
     * @return what each member gets; one without an entry gets nothing
     */
    Assignment assign(GroupView group);
}
