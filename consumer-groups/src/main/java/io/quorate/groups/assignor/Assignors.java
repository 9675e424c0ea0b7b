package io.quorate.groups.assignor;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The table of assignors: those of this package, and those that a {@link ServiceLoader} finds. */
public final class Assignors {
    private static final List<Assignor> OWN =
            List.of(StickyAssignor.balanceFirst(), StickyAssignor.rackFirst(), new RangeAssignor());

    private Assignors() {}

    /**
     * The assignor of that name.
     *
     * @throws IllegalArgumentException if there is none, with the names that there are
     */
    public static Assignor named(String name) {
        List<Assignor> all = new ArrayList<>(OWN);
        ServiceLoader.load(Assignor.class).forEach(all::add);
        return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow(() -> {
            List<String> names = all.stream().map(Assignor::name).toList();
            return new IllegalArgumentException("no assignor is called " + name + "; there are " + names);
        });
    }
}
