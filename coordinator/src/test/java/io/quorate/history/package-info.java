/**
 * Histories of clients, and what must hold of them (quorum protocol specification, section 18, P9 and P15): what sessions asked
 * for, what they were told and when, recorded as it happened and judged afterwards. The judge knows nothing of servers and
 * processes; it sees values, zxids and monotonic times.
 */
package io.quorate.history;
