package io.quorate.compat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AsyncCallback.ACLCallback;
import org.apache.zookeeper.AsyncCallback.AllChildrenNumberCallback;
import org.apache.zookeeper.AsyncCallback.Children2Callback;
import org.apache.zookeeper.AsyncCallback.ChildrenCallback;
import org.apache.zookeeper.AsyncCallback.Create2Callback;
import org.apache.zookeeper.AsyncCallback.DataCallback;
import org.apache.zookeeper.AsyncCallback.EphemeralsCallback;
import org.apache.zookeeper.AsyncCallback.MultiCallback;
import org.apache.zookeeper.AsyncCallback.StatCallback;
import org.apache.zookeeper.AsyncCallback.StringCallback;
import org.apache.zookeeper.AsyncCallback.VoidCallback;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;

/** The replies that asynchronous calls brought, in order. Filled by the client's event thread. */
final class Replies {

    private static final long LIMIT_SECONDS = 30;

    /** One reply: the code, the path and context handed back, and the value and stat where the call has them. */
    record Reply(Code code, String path, Object context, Object value, Stat stat) {}

    private final BlockingQueue<Reply> queue = new LinkedBlockingQueue<>();

    StringCallback name() {
        return (rc, path, context, name) -> add(rc, path, context, name, null);
    }

    Create2Callback nameAndStat() {
        return (rc, path, context, name, stat) -> add(rc, path, context, name, stat);
    }

    VoidCallback plain() {
        return (rc, path, context) -> add(rc, path, context, null, null);
    }

    StatCallback stat() {
        return (rc, path, context, stat) -> add(rc, path, context, null, stat);
    }

    DataCallback data() {
        return (rc, path, context, data, stat) -> add(rc, path, context, data, stat);
    }

    ACLCallback acl() {
        return (rc, path, context, acl, stat) -> add(rc, path, context, acl, stat);
    }

    ChildrenCallback children() {
        return (rc, path, context, children) -> add(rc, path, context, children, null);
    }

    Children2Callback childrenAndStat() {
        return (rc, path, context, children, stat) -> add(rc, path, context, children, stat);
    }

    AllChildrenNumberCallback number() {
        return (rc, path, context, number) -> add(rc, path, context, number, null);
    }

    EphemeralsCallback ephemerals() {
        return (rc, context, paths) -> add(rc, null, context, paths, null);
    }

    MultiCallback results() {
        return (rc, path, context, results) -> add(rc, path, context, results, null);
    }

    private void add(int code, String path, Object context, Object value, Stat stat) {
        queue.add(new Reply(Code.get(code), path, context, value, stat));
    }

    /** Waits for the next reply. */
    Reply next() {
        try {
            Reply reply = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(reply).as("a reply").isNotNull();
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the next reply, which must be a success. */
    Reply nextOk() {
        Reply reply = next();
        assertThat(reply.code()).as("code of the reply about %s", reply.path()).isEqualTo(Code.OK);
        return reply;
    }
}
