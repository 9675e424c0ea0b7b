package io.quorate.registry.sim;

import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.member.Membership;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.tree.Write;
import java.util.List;
import java.util.Random;

/** One broker before a simulated server, for tests that say step by step what happens to it. */
final class SimMember implements SimSession.Owner {
    static final int ID = 7;

    private final SimTime time = new SimTime();
    private final SimTree tree = new SimTree();
    private final Random random = new Random(1);
    private final Membership membership;
    /** Is shown what passes between this broker and the server; to be said before it starts. */
    SimSession.Road road;

    private SimSession session;
    private long sessions = 100;

    SimMember(MemberListener listener) {
        this(MemberSettings.of(ID, info("h")), listener);
    }

    SimMember(MemberSettings settings, MemberListener listener) {
        membership = new Membership(settings, listener, time, random::nextLong, this::openSession);
    }

    static BrokerInfo info(String host) {
        return BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", host, 9092));
    }

    private void openSession() {
        time.after(1, () -> {
            session = new SimSession(sessions++, tree, time, random, this);
            session.show(road);
            membership.onSession(session);
        });
    }

    /** Joins, and has a second to do so. */
    void start() {
        membership.start();
        pass(1_000);
    }

    Membership membership() {
        return membership;
    }

    SimTree tree() {
        return tree;
    }

    SimTime time() {
        return time;
    }

    SimSession session() {
        return session;
    }

    void pass(long millis) {
        time.runUntil(time.nowMillis() + millis);
    }

    /** Somebody else changes the tree. */
    void write(Write write) {
        tree.write(1, List.of(write));
    }

    /** The connection breaks, and the session ends before there is another one. */
    void loseSession() {
        session.cut();
        session.expire();
    }

    /** There is a connection again; in a new session if the old one is over. */
    void reconnect() {
        session.reconnect();
        pass(1_000);
    }

    @Override
    public void onConnected() {
        membership.onConnected();
    }

    @Override
    public void onDisconnected() {
        membership.onDisconnected(SimSession.TIMEOUT_MILLIS * 2 / 3);
    }

    @Override
    public void onExpired() {
        membership.onExpired();
    }
}
