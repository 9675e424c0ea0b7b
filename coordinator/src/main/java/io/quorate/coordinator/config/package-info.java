/**
 * The settings of a server: which keys exist, how a {@code zoo.cfg} and system properties become one validated, immutable
 * {@link io.quorate.coordinator.config.ServerConfig}, and with which code the process ends when they do not. The only
 * package that reads system properties; it knows no other package of the server.
 */
package io.quorate.coordinator.config;
