package io.quorate.coordinator.auth;

import io.quorate.wire.proto.Identity;

/** The schemes that may stand in an access list, what ids they allow and whom they match (semantics 8.1). Immutable. */
public final class AclSchemes {

    public static final String WORLD = "world";
    public static final String AUTH = "auth";
    public static final String DIGEST = "digest";
    public static final String IP = "ip";
    public static final String SUPER = "super";

    private static final String ANYONE = "anyone";

    private final boolean digestEnabled;

    public AclSchemes(boolean digestEnabled) {
        this.digestEnabled = digestEnabled;
    }

    /** True for world:anyone. */
    public static boolean isAnyone(Identity identity) {
        return ANYONE.equals(identity.id()) && WORLD.equals(identity.scheme());
    }

    /** True if an access list may name this identity. */
    public boolean isValid(Identity identity) {
        return switch (identity.scheme()) {
            case DIGEST -> digestEnabled && isDigestId(identity.id());
            case IP -> IpRange.parse(identity.id()) != null;
            default -> false;
        };
    }

    /** Exactly two pieces at ':' once trailing empty ones are dropped: "a:" and "a:b:c" are not valid, ":b" is. */
    private static boolean isDigestId(String id) {
        int end = id.length();
        while (end > 0 && id.charAt(end - 1) == ':') {
            end--;
        }
        int colon = id.indexOf(':');
        return colon >= 0 && colon < end && id.substring(0, end).indexOf(':', colon + 1) < 0;
    }

    /** True if identities of this scheme stand for "auth" in access lists. */
    public boolean isAuthenticated(Identity identity) {
        return identity.scheme().equals(DIGEST);
    }

    /** True if a connection's identity is one that the access list's identity names. */
    public boolean matches(Identity held, Identity named) {
        if (!held.scheme().equals(named.scheme())) {
            return false;
        }
        return switch (named.scheme()) {
            case DIGEST -> digestEnabled && held.id().equals(named.id());
            case IP -> {
                IpRange range = IpRange.parse(named.id());
                yield range != null && range.contains(held.id());
            }
            default -> false;
        };
    }
}
