/** The shell script in front of the server, run for real. */
package io.quorate.launcher;
