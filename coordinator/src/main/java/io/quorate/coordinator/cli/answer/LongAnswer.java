package io.quorate.coordinator.cli.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a command finds out while it is printed, because all of it at once might be too much to hold. Used once, by one thread.
 *
 * @param <T> one of the things that are found
 */
public interface LongAnswer<T> {

    /** Prints things for people, one after the other. */
    interface Lines<T> {
        /** Prints one, now or later. */
        void print(T item);

        /** Prints what is not printed yet. */
        void end();
    }

    /**
     * Reads some, gives them to {@code sink} in order, and goes on until there are no more.
     *
     * @throws AdminException if something cannot be read; what was given before is right
     */
    void read(Consumer<T> sink) throws AdminException;

    /** How they are shown to people, line by line to {@code out}. */
    Lines<T> lines(Consumer<String> out);

    /** The key of the list that programs read. */
    String key();

    /** Puts one of them into an object of its own, as {@link Answer#json} does. */
    void json(T item, ObjectNode object);

    /** What people should know besides, once all is read. */
    Stream<String> notices();
}
