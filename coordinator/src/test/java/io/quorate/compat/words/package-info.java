/** The four-letter words: the shape of each answer as a table of patterns, the same for every server. */
package io.quorate.compat.words;
