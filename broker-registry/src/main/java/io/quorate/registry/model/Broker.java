package io.quorate.registry.model;

/**
 * A broker that is registered.
 *
 * @param id 0 or more
 * @param epoch the zxid at which it registered: a broker that came back has a larger one (registry spec 4.2)
 * @param info what it says about itself
 * @param timestampMillis when it registered by its own clock, since 1970
 * @param session whose end takes the registration away; 0 if there is none
 */
public record Broker(int id, long epoch, BrokerInfo info, long timestampMillis, long session) {}
