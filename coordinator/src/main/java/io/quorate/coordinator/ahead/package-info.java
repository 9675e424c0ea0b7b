/** Reading ahead on another thread, for whoever loads stored state. A leaf: knows nothing of the rest. */
package io.quorate.coordinator.ahead;
