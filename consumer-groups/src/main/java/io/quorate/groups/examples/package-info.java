/** Programs to run and to copy from. */
package io.quorate.groups.examples;
