/** Known defects, to be put into simulated servers from outside: whoever doubts a check can see it find something. */
package io.quorate.sim.plant;
