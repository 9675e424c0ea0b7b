package io.quorate.coordinator.zab;

/** Takes transactions once they are committed, strictly in zxid order. */
public interface CommitSink {

    void commit(long zxid);
}
