/** What the admin command prints beside what the tools of Kafka print about the same cluster. */
package io.quorate.compat.tools;
