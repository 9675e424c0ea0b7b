/**
 * What the one broker that is controller does, and how it becomes that (registry spec 5 to 11, 13). Pure: changes of the tree
 * and time come in, transactions go out.
 *
 * <pre>
 * ControllerElection ── elected(Fence) ──► Controller ── decides over ClusterImage ──► FencedWriter ──► Tree
 *                                                                  ▲
 *                                           TreeFollower ── changes ┘
 * </pre>
 */
package io.quorate.registry.controller;
