/** What the admin commands answer: as text for people, as JSON for programs, or as a failure with an exit code. */
package io.quorate.coordinator.cli.answer;
