/**
 * The two libraries in many processes, on an ensemble of real servers, while processes are killed and stopped, connections drop,
 * packets come late and the ensemble loses its leader. What all servers committed and what every process did is judged by the
 * invariants of consumer-groups F1 and broker-registry 14.
 */
package io.quorate.libraries;
