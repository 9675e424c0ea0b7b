/** How an admin command reaches servers: the options that name them, a session, four-letter words, and what to say when none answers. */
package io.quorate.coordinator.cli.link;
