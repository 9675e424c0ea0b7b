package io.quorate.coordinator.op;

/**
 * Settings that change what operations answer (semantics 14).
 *
 * @param skipAcl no permission is checked
 * @param enforceQuota hard quotas refuse
 * @param extendedTypes TTL nodes may be created
 * @param closeSessionPaths closeSession transactions list the ephemerals they delete
 */
public record OpSettings(boolean skipAcl, boolean enforceQuota, boolean extendedTypes, boolean closeSessionPaths) {

    public static final OpSettings DEFAULT = new OpSettings(false, false, false, true);
}
