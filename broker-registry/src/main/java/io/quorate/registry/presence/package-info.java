/** How a broker comes to be registered, and to have an id: pure decisions about one node (registry spec 4). */
package io.quorate.registry.presence;
