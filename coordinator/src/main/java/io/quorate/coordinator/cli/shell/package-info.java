/**
 * The {@code quorate shell} command: takes the commands of ZooKeeper's shell and prints what that prints, from a terminal with
 * editing and completion, from a pipe, or one command given as arguments.
 */
package io.quorate.coordinator.cli.shell;
