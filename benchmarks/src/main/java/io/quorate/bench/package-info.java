/** Micro benchmarks and the end-to-end load driver. */
package io.quorate.bench;
