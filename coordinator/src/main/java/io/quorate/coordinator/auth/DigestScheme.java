package io.quorate.coordinator.auth;

import io.quorate.wire.proto.Identity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** Turns {@code user:password} into an identity (semantics 8.1). Immutable; any thread. */
public final class DigestScheme {

    private final String algorithm;
    private final String superDigest;

    /**
     * @param algorithm a message digest of the JDK, "SHA1" unless configured
     * @param superDigest the identity that may do everything, null for none
     */
    public DigestScheme(String algorithm, String superDigest) {
        this.algorithm = algorithm;
        this.superDigest = superDigest;
    }

    /** Identities that this proof adds to a connection; null if it is refused, which only a missing one is. */
    public List<Identity> authenticate(byte[] proof) {
        if (proof == null) {
            return null;
        }
        String text = new String(proof, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String id = user + ":" + hash(text);
        Identity identity = new Identity(AclSchemes.DIGEST, id);
        if (id.equals(superDigest)) {
            return List.of(new Identity(AclSchemes.SUPER, ""), identity);
        }
        return List.of(identity);
    }

    private String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the configuration let an unknown digest algorithm pass: " + algorithm, e);
        }
    }
}
