/** ZooKeeper's own command line shell as a child process, every command of it with checked output. */
package io.quorate.compat.shell;
