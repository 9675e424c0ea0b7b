/** Consumer groups against real servers, Quorate and ZooKeeper alike. */
package io.quorate.groups;
