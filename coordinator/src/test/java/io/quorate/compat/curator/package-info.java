/** Curator's recipes on the server under test, some with the server killed and started again in the middle. */
package io.quorate.compat.curator;
