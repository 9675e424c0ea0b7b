/** ZooKeeper's command line shell, and ours, as child processes: every command with checked output. */
package io.quorate.compat.shell;
