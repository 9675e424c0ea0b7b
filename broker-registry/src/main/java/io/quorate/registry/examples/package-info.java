/** Programs that show how to use the registry. */
package io.quorate.registry.examples;
