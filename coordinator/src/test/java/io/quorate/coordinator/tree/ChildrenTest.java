package io.quorate.coordinator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The children of one node and the table of all, against the collections of the JDK. */
final class ChildrenTest {

    private static final int MANY = Integer.getInteger("quorate.siblings", 200_000);

    private static Znode node(String path) {
        return new Znode(path, null, NodeImage.created(null, AclTable.OPEN, 0, 0, 0));
    }

    @Test
    void randomChangesKeepTheNamesInOrder() {
        Random random = Seed.random(ChildrenTest.class);
        Children children = new Children();
        TreeMap<String, Znode> model = new TreeMap<>();
        for (int i = 0; i < 30_000; i++) {
            // Grows to thousands and shrinks to nothing, several times.
            boolean growing = i / 5_000 % 2 == 0;
            String path = "/p/" + random.nextInt(20_000);
            Znode present = model.get(path);
            if (present == null && (growing || random.nextInt(4) == 0)) {
                Znode added = node(path);
                model.put(path, added);
                children.add(added);
            } else if (!growing && !model.isEmpty()) {
                Znode gone = model.ceilingEntry(path) == null
                        ? model.firstEntry().getValue()
                        : model.ceilingEntry(path).getValue();
                model.remove(gone.path);
                children.remove(gone);
            }
            assertSame(children, model, path);
        }
        assertThat(children.names(3))
                .as(Seed.replay(ChildrenTest.class))
                .isEqualTo(
                        model.keySet().stream().map(path -> path.substring(3)).toList());
    }

    private static void assertSame(Children children, TreeMap<String, Znode> model, String probe) {
        Map.Entry<String, Znode> higher = model.higherEntry(probe);
        assertThat(children.size()).as(Seed.replay(ChildrenTest.class)).isEqualTo(model.size());
        assertThat(children.after(probe))
                .as(Seed.replay(ChildrenTest.class))
                .isSameAs(higher == null ? null : higher.getValue());
        assertThat(children.first())
                .isSameAs(model.isEmpty() ? null : model.firstEntry().getValue());
    }

    /** A million of them in the long run, where steps that grow with their number would take hours. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void veryManySiblingsComeAndGoInAnyOrder() {
        List<Znode> nodes = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            nodes.add(node(String.format("/p/n%010d", i)));
        }
        Children ascending = new Children();
        nodes.forEach(ascending::add);
        Collections.shuffle(nodes, Seed.random(ChildrenTest.class));
        Children shuffled = new Children();
        PathTable table = new PathTable();
        nodes.forEach(shuffled::add);
        nodes.forEach(table::add);
        assertThat(shuffled.names(3)).isEqualTo(ascending.names(3)).hasSize(MANY);
        assertThat(nodes.stream().filter(node -> table.get(node.path) != node)).isEmpty();
        nodes.forEach(ascending::remove);
        nodes.forEach(shuffled::remove);
        nodes.forEach(table::remove);

        assertThat(ascending.size() + shuffled.size() + table.size()).isZero();
        assertThat(shuffled.first()).isNull();
    }

    @Test
    void theTableFindsWhatAMapFinds() {
        Random random = Seed.random(ChildrenTest.class);
        PathTable table = new PathTable();
        Map<String, Znode> model = new TreeMap<>();
        for (int i = 0; i < 50_000; i++) {
            String path = "/" + random.nextInt(5_000);
            Znode present = model.get(path);
            assertThat(table.get(path)).as(Seed.replay(ChildrenTest.class)).isSameAs(present);
            if (present == null) {
                Znode added = node(path);
                model.put(path, added);
                table.add(added);
            } else if (random.nextInt(3) > 0) {
                model.remove(path);
                table.remove(present);
            }
        }
        assertThat(table.size()).isEqualTo(model.size());
        table.clear();
        assertThat(table.get("/1")).isNull();
        assertThat(table.size()).isZero();
    }

    /** "Aa" and "BB" have one hash code, and so has every text made of them. */
    @Test
    void pathsOfOneHashAreKeptApart() {
        List<String> paths = new ArrayList<>(Arrays.asList("/"));
        for (int i = 0; i < 8; i++) {
            List<String> longer = new ArrayList<>();
            paths.forEach(path -> longer.addAll(List.of(path + "Aa", path + "BB")));
            paths = longer;
        }
        PathTable table = new PathTable();
        List<Znode> nodes = paths.stream().map(ChildrenTest::node).toList();
        nodes.forEach(table::add);
        for (int i = 0; i < nodes.size(); i += 2) {
            table.remove(nodes.get(i));
        }
        for (int i = 0; i < nodes.size(); i++) {
            assertThat(table.get(paths.get(i))).isSameAs(i % 2 == 0 ? null : nodes.get(i));
        }
    }
}
