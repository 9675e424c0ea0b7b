/**
 * The client protocol as values: one record per request and response, with its codec in both directions, and the tables of
 * operation, error and event codes. It must not know what a server does with them: no validation beyond "can be decoded".
 */
package io.quorate.wire.proto;
