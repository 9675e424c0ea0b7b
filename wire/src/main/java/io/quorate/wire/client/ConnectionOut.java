package io.quorate.wire.client;

/** What a {@link Connection} orders. Orders are carried out, and callers told, in the order given. */
interface ConnectionOut {
    /** Reach this server; {@code onConnected} or {@code onDisconnected} answers. */
    void connect(HostPort host);

    /** Send these bytes over the connection there is. */
    void send(Frame frame);

    /** Close the connection, or stop trying to make one. Nothing more is to be reported of it. */
    void disconnect();

    /** The outcome of a call is decided: tell its caller. */
    void settled(Call<?> call);

    /** Tell watchers. */
    void watched(Notice notice);

    /** Tell the listener. A terminal event is the last one. */
    void session(SessionEvent event, String reason);
}
