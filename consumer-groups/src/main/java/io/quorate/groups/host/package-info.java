/** What the host of a member knows, which is behind what the member has decided: the border between its thread and theirs. */
package io.quorate.groups.host;
