package io.quorate.wire.client;

import java.util.Collection;

/** An event, and the watchers that are to be told of it. */
record Notice(Collection<Watcher> watchers, NodeEvent event) {}
