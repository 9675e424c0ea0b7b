/**
 * Who a connection is: the schemes by which it proves an identity and by which access lists name one. A leaf: knows the
 * records of the protocol and nothing of trees or connections.
 */
package io.quorate.coordinator.auth;
