package io.quorate.wire.client;

import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.AddWatchRequest;
import io.quorate.wire.proto.AuthPacket;
import io.quorate.wire.proto.ClientInfo;
import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.GetAclRequest;
import io.quorate.wire.proto.GetAclResponse;
import io.quorate.wire.proto.GetAllChildrenNumberRequest;
import io.quorate.wire.proto.GetAllChildrenNumberResponse;
import io.quorate.wire.proto.GetChildren2Response;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.GetEphemeralsRequest;
import io.quorate.wire.proto.GetEphemeralsResponse;
import io.quorate.wire.proto.MultiReadRequest;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReconfigRequest;
import io.quorate.wire.proto.RemoveWatchesRequest;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.SetAclRequest;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.StatResponse;
import io.quorate.wire.proto.SyncRequest;
import io.quorate.wire.proto.WhoAmIResponse;
import java.util.List;

/**
 * Makes calls of what a client is asked for: translates paths, encodes, and says how the reply is read. Immutable; every
 * method throws {@link IllegalArgumentException} for what no server would take.
 */
final class Calls {
    /** Has this name below every chroot. */
    static final String CONFIG = "/zookeeper/config";

    private final Chroot chroot;
    private final int requestBytesMax;

    Calls(Chroot chroot, int requestBytesMax) {
        this.chroot = chroot;
        this.requestBytesMax = requestBytesMax;
    }

    /** What a caller gets whose request was not even sent, because it could not have succeeded. */
    static CoordinatorException badArguments(String path, IllegalArgumentException reason) {
        return new CoordinatorException(ErrorCode.BAD_ARGUMENTS, path, false, reason.getMessage());
    }

    Call<Created> create(String path, byte[] data, List<Acl> acl, CreateMode mode) {
        if (mode.hasTtl()) {
            throw new IllegalArgumentException(mode + " needs a time to live");
        }
        return created(path, mode, new CreateRequest(created(path, mode), data, acl, mode.code()));
    }

    Call<Created> createTtl(String path, byte[] data, List<Acl> acl, CreateMode mode, long ttlMillis) {
        if (!mode.hasTtl()) {
            throw new IllegalArgumentException(mode + " has no time to live");
        }
        return created(path, mode, new CreateTtlRequest(created(path, mode), data, acl, mode.code(), ttlMillis));
    }

    private String created(String path, CreateMode mode) {
        return mode.isSequential() ? chroot.toServerPrefix(path) : chroot.toServer(path);
    }

    private Call<Created> created(String path, CreateMode mode, Request request) {
        return call(mode.op(), path, request, (response, zxid) -> {
            Create2Response created = (Create2Response) response;
            return new Created(chroot.toClient(created.path()), created.stat(), zxid);
        });
    }

    Call<Long> delete(String path, int version) {
        return call(OpCode.DELETE, path, new DeleteRequest(chroot.toServer(path), version), (response, zxid) -> zxid);
    }

    Call<NodeStat> exists(String path, Watcher watcherOrNull) {
        String at = chroot.toServer(path);
        return call(
                OpCode.EXISTS,
                path,
                new ExistsRequest(at, watcherOrNull != null),
                (response, zxid) -> new NodeStat(response == null ? null : ((StatResponse) response).stat(), zxid),
                registration(at, WatchKind.DATA, WatchKind.EXIST, watcherOrNull));
    }

    Call<NodeData> getData(String path, Watcher watcherOrNull) {
        String at = chroot.toServer(path);
        return call(
                OpCode.GET_DATA,
                path,
                new GetDataRequest(at, watcherOrNull != null),
                Calls::nodeData,
                registration(at, WatchKind.DATA, null, watcherOrNull));
    }

    Call<NodeStat> setData(String path, byte[] data, int version) {
        return call(
                OpCode.SET_DATA,
                path,
                new SetDataRequest(chroot.toServer(path), data, version),
                (response, zxid) -> new NodeStat(((StatResponse) response).stat(), zxid));
    }

    Call<NodeAcl> getAcl(String path) {
        return call(OpCode.GET_ACL, path, new GetAclRequest(chroot.toServer(path)), (response, zxid) -> {
            GetAclResponse acl = (GetAclResponse) response;
            return new NodeAcl(required(acl.acl()), acl.stat(), zxid);
        });
    }

    Call<NodeStat> setAcl(String path, List<Acl> acl, int version) {
        return call(
                OpCode.SET_ACL,
                path,
                new SetAclRequest(chroot.toServer(path), acl, version),
                (response, zxid) -> new NodeStat(((StatResponse) response).stat(), zxid));
    }

    Call<Children> getChildren(String path, Watcher watcherOrNull) {
        String at = chroot.toServer(path);
        return call(
                OpCode.GET_CHILDREN2,
                path,
                new GetChildrenRequest(at, watcherOrNull != null),
                (response, zxid) -> {
                    GetChildren2Response children = (GetChildren2Response) response;
                    return new Children(required(children.children()), children.stat(), zxid);
                },
                registration(at, WatchKind.CHILD, null, watcherOrNull));
    }

    Call<Integer> getAllChildrenNumber(String path) {
        return call(
                OpCode.GET_ALL_CHILDREN_NUMBER,
                path,
                new GetAllChildrenNumberRequest(chroot.toServer(path)),
                (response, zxid) -> ((GetAllChildrenNumberResponse) response).totalNumber());
    }

    /** The server compares beginnings of strings, so what lies beside the chroot and begins alike is sorted out here. */
    Call<List<String>> getEphemerals(String prefix) {
        return call(
                OpCode.GET_EPHEMERALS,
                prefix,
                new GetEphemeralsRequest(chroot.toServerPrefix(prefix)),
                (response, zxid) -> required(((GetEphemeralsResponse) response).paths()).stream()
                        .filter(path -> chroot.contains(required(path)))
                        .map(chroot::toClient)
                        .toList());
    }

    Call<Long> sync(String path) {
        return call(OpCode.SYNC, path, new SyncRequest(chroot.toServer(path)), (response, zxid) -> zxid);
    }

    Call<MultiOutcome> multi(List<WriteOp> ops) {
        Request request =
                new MultiRequest(ops.stream().map(op -> op.toWire(chroot)).toList());
        List<String> paths = ops.stream().map(WriteOp::path).toList();
        return call(OpCode.MULTI, null, request, new MultiReader(chroot, paths, true));
    }

    Call<MultiOutcome> multiRead(List<ReadOp> ops) {
        Request request =
                new MultiReadRequest(ops.stream().map(op -> op.toWire(chroot)).toList());
        List<String> paths = ops.stream().map(ReadOp::path).toList();
        return call(OpCode.MULTI_READ, null, request, new MultiReader(chroot, paths, false));
    }

    Call<Long> addWatch(String path, AddWatchMode mode, Watcher watcher) {
        String at = chroot.toServer(path);
        return call(
                OpCode.ADD_WATCH,
                path,
                new AddWatchRequest(at, mode.code()),
                (response, zxid) -> zxid,
                registration(at, WatchKind.of(mode), null, watcher));
    }

    Call<Void> removeWatches(String path, WatcherType type, Watcher watcherOrNull) {
        String at = chroot.toServer(path);
        return call(
                OpCode.REMOVE_WATCHES,
                path,
                new RemoveWatchesRequest(at, type.code()),
                (response, zxid) -> null,
                new WatchChange.Removal(at, path, type, watcherOrNull));
    }

    Call<List<ClientInfo>> whoAmI() {
        return call(
                OpCode.WHO_AM_I,
                null,
                EmptyRequest.INSTANCE,
                (response, zxid) -> required(((WhoAmIResponse) response).infos()));
    }

    Call<Void> addAuth(String scheme, byte[] auth) {
        return call(OpCode.AUTH, null, new AuthPacket(0, scheme, auth), (response, zxid) -> null);
    }

    Call<NodeData> reconfig(String joining, String leaving, String newMembers, long configVersion) {
        return call(
                OpCode.RECONFIG,
                null,
                new ReconfigRequest(joining, leaving, newMembers, configVersion),
                Calls::nodeData);
    }

    Call<NodeData> getConfig(Watcher watcherOrNull) {
        return call(
                OpCode.GET_DATA,
                CONFIG,
                new GetDataRequest(CONFIG, watcherOrNull != null),
                Calls::nodeData,
                registration(CONFIG, WatchKind.DATA, null, watcherOrNull));
    }

    private static NodeData nodeData(Response response, long zxid) {
        GetDataResponse data = (GetDataResponse) response;
        return new NodeData(data.data(), data.stat(), zxid);
    }

    private static WatchChange registration(String at, WatchKind kind, WatchKind whenMissing, Watcher watcherOrNull) {
        return watcherOrNull == null ? null : new WatchChange.Registration(at, kind, whenMissing, watcherOrNull);
    }

    private <T> Call<T> call(OpCode op, String path, Request request, ReplyReader<T> reader) {
        return call(op, path, request, reader, null);
    }

    private <T> Call<T> call(OpCode op, String path, Request request, ReplyReader<T> reader, WatchChange watchChange) {
        Frame frame = Frame.of(0, op, request);
        if (frame.payloadLength() > requestBytesMax) {
            throw new IllegalArgumentException(
                    "request of " + frame.payloadLength() + " bytes, at most " + requestBytesMax + " are taken");
        }
        return new Call<>(op, path, frame, reader, watchChange);
    }

    static <V> V required(V value) {
        if (value == null) {
            throw new MalformedException("null where there must be a value");
        }
        return value;
    }
}
