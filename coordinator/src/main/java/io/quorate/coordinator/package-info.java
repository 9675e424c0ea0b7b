/** The server: composition root and process entry. */
package io.quorate.coordinator;
