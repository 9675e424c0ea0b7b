/** What an operator asks about groups, and the few things done to them from outside. Knows nothing of membership. */
package io.quorate.groups.read;
