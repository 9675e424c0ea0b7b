package io.quorate.coordinator.cli.tree;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads and prints lists of permissions as ZooKeeper's shell does: {@code world:anyone:cdrwa,ip:10.0.0.1:r}. */
public final class AclText {

    private static final String LETTERS = "cdrwa";
    private static final int[] BITS = {Acl.CREATE, Acl.DELETE, Acl.READ, Acl.WRITE, Acl.ADMIN};

    private AclText() {}

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException with the reason, if it is none
     */
    public static List<Acl> parse(String text) {
        List<Acl> acls = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            int first = entry.indexOf(':');
            int last = entry.lastIndexOf(':');
            if (first <= 0 || first == last) {
                throw new IllegalArgumentException(entry + " does not have the form scheme:id:perm");
            }
            acls.add(new Acl(
                    permissions(entry.substring(last + 1)),
                    new Identity(entry.substring(0, first), entry.substring(first + 1, last))));
        }
        return acls;
    }

    private static int permissions(String letters) {
        int bits = 0;
        for (char letter : letters.toCharArray()) {
            int index = LETTERS.indexOf(letter);
            if (index < 0) {
                throw new IllegalArgumentException(
                        "Unknown perm type: " + letter + "; permissions are letters of " + LETTERS);
            }
            bits |= BITS[index];
        }
        return bits;
    }

    /** Two lines for each entry. */
    public static Stream<String> lines(List<Acl> acls) {
        return acls.stream()
                .flatMap(acl -> Stream.of(
                        "'" + acl.identity().scheme() + ",'" + acl.identity().id(), ": " + letters(acl.perms())));
    }

    private static String letters(int bits) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < BITS.length; i++) {
            if ((bits & BITS[i]) != 0) {
                letters.append(LETTERS.charAt(i));
            }
        }
        return letters.toString();
    }
}
