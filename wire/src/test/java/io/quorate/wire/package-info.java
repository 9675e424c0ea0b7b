/** What the tests of all codecs share: hexadecimal frames, random records, and the reference's classes as a second opinion. */
package io.quorate.wire;
