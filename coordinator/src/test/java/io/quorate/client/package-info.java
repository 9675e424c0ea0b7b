/** The client of the wire module against servers in processes of their own: Quorate, and the ZooKeeper it is compared with. */
package io.quorate.client;
