/**
 * Quorate as a process that bad things happen to: killed at any moment, out of disk, started on nonsense, pressed to its
 * limits. Every test starts real processes and talks to them as a raw client, so that it knows of each request whether it was
 * sent, acknowledged, refused, or cut off.
 */
package io.quorate.crash;
