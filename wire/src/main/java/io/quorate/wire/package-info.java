/** The protocols of the coordinator as values and codecs. */
package io.quorate.wire;
