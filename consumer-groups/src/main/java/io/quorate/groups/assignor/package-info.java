/** Who gets which partition: pure functions from members and topics to an assignment. Knows no tree and no protocol. */
package io.quorate.groups.assignor;
