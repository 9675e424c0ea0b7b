/** The commands about consumer groups, on what {@code io.quorate.groups} reads and changes. */
package io.quorate.coordinator.cli.groups;
