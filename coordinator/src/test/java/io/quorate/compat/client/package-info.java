/** The stock ZooKeeper client library, every method of it: what is asked, what is answered, which events arrive, and what survives a lost connection, an expired session and a killed server. */
package io.quorate.compat.client;
