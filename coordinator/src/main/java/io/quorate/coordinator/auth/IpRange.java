package io.quorate.coordinator.auth;

/** A range of addresses, written {@code address[/bits]}, IPv4 or IPv6, never a host name (semantics 8.4). */
record IpRange(byte[] address, int bits) {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_GROUPS = 8;

    /** The range, or null if the text is not one. */
    static IpRange parse(String text) {
        if (text == null) {
            return null;
        }
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int width = address.length * Byte.SIZE;
        int bits = slash < 0 ? width : number(text.substring(slash + 1), 10, width);
        return bits < 0 ? null : new IpRange(address, bits);
    }

    /** True if the address, as text, lies in this range. */
    boolean contains(String text) {
        byte[] other = address(text);
        if (other == null || other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >>> (bit % Byte.SIZE);
            if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] address(String text) {
        return text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
    }

    private static byte[] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != IPV4_BYTES) {
            return null;
        }
        byte[] address = new byte[IPV4_BYTES];
        for (int i = 0; i < IPV4_BYTES; i++) {
            int part = number(parts[i], 10, 255);
            if (part < 0) {
                return null;
            }
            address[i] = (byte) part;
        }
        return address;
    }

    private static byte[] ipv6(String text) {
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        int gap = plain.indexOf("::");
        if (gap >= 0 && plain.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        String[] head = groups(gap < 0 ? plain : plain.substring(0, gap));
        String[] tail = gap < 0 ? new String[0] : groups(plain.substring(gap + 2));
        int given = head.length + tail.length;
        if (gap < 0 ? given != IPV6_GROUPS : given >= IPV6_GROUPS) {
            return null;
        }
        byte[] address = new byte[IPV6_GROUPS * 2];
        return put(head, address, 0) && put(tail, address, IPV6_GROUPS - tail.length) ? address : null;
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static boolean put(String[] groups, byte[] address, int from) {
        for (int i = 0; i < groups.length; i++) {
            int group = number(groups[i], 16, 0xFFFF);
            if (group < 0) {
                return false;
            }
            address[2 * (from + i)] = (byte) (group >> 8);
            address[2 * (from + i) + 1] = (byte) group;
        }
        return true;
    }

    private static int number(String text, int radix, int max) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value <= max ? value : -1;
    }
}
