/**
 * The tree as those see it who decide: what can be asked of it, and what it answers. A session is a {@link
 * io.quorate.registry.tree.Tree}; orders go out through it, completions come back on the same thread. Knows nothing of sockets,
 * so that a simulated tree can stand in.
 */
package io.quorate.registry.tree;
