package io.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.AddWatchRequest;
import io.quorate.wire.proto.AuthPacket;
import io.quorate.wire.proto.CheckVersionRequest;
import io.quorate.wire.proto.CheckWatchesRequest;
import io.quorate.wire.proto.ClientInfo;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateResponse;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.EmptyResponse;
import io.quorate.wire.proto.ErrorResponse;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.GetAclRequest;
import io.quorate.wire.proto.GetAclResponse;
import io.quorate.wire.proto.GetAllChildrenNumberRequest;
import io.quorate.wire.proto.GetAllChildrenNumberResponse;
import io.quorate.wire.proto.GetChildren2Response;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetChildrenResponse;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.GetEphemeralsRequest;
import io.quorate.wire.proto.GetEphemeralsResponse;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiReadRequest;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.ReconfigRequest;
import io.quorate.wire.proto.RemoveWatchesRequest;
import io.quorate.wire.proto.ReplyHeader;
import io.quorate.wire.proto.RequestHeader;
import io.quorate.wire.proto.SaslRequest;
import io.quorate.wire.proto.SaslResponse;
import io.quorate.wire.proto.SetAclRequest;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.SetWatchesRequest;
import io.quorate.wire.proto.Stat;
import io.quorate.wire.proto.StatResponse;
import io.quorate.wire.proto.SyncRequest;
import io.quorate.wire.proto.SyncResponse;
import io.quorate.wire.proto.WatchedEvent;
import io.quorate.wire.proto.WhoAmIResponse;
import io.quorate.wire.quorum.LearnerInfo;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.txn.CheckVersionTxn;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateContainerTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.CreateTtlTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.DeleteTxn;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.MultiTxn;
import io.quorate.wire.txn.SetAclTxn;
import io.quorate.wire.txn.SetDataTxn;
import io.quorate.wire.txn.SubTxn;
import io.quorate.wire.txn.TxnDigest;
import io.quorate.wire.txn.TxnHeader;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.apache.zookeeper.proto.MultiHeader;
import org.apache.zookeeper.proto.SetWatches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every encoding against the reference's own classes, with random values. */
class ReferenceTest {
    static Stream<Arguments> pairs() {
        return Stream.of(
                arguments(AddWatchRequest.class, "proto.AddWatchRequest"),
                arguments(AuthPacket.class, "proto.AuthPacket"),
                arguments(CheckVersionRequest.class, "proto.CheckVersionRequest"),
                arguments(CheckWatchesRequest.class, "proto.CheckWatchesRequest"),
                arguments(CreateRequest.class, "proto.CreateRequest"),
                arguments(CreateTtlRequest.class, "proto.CreateTTLRequest"),
                arguments(DeleteRequest.class, "proto.DeleteRequest"),
                arguments(ExistsRequest.class, "proto.ExistsRequest"),
                arguments(GetAclRequest.class, "proto.GetACLRequest"),
                arguments(GetAllChildrenNumberRequest.class, "proto.GetAllChildrenNumberRequest"),
                arguments(GetChildrenRequest.class, "proto.GetChildrenRequest"),
                arguments(GetChildrenRequest.class, "proto.GetChildren2Request"),
                arguments(GetDataRequest.class, "proto.GetDataRequest"),
                arguments(GetEphemeralsRequest.class, "proto.GetEphemeralsRequest"),
                arguments(ReconfigRequest.class, "proto.ReconfigRequest"),
                arguments(RemoveWatchesRequest.class, "proto.RemoveWatchesRequest"),
                arguments(SaslRequest.class, "proto.GetSASLRequest"),
                arguments(SetAclRequest.class, "proto.SetACLRequest"),
                arguments(SetDataRequest.class, "proto.SetDataRequest"),
                arguments(SetWatchesRequest.class, "proto.SetWatches2"),
                arguments(SyncRequest.class, "proto.SyncRequest"),
                arguments(Create2Response.class, "proto.Create2Response"),
                arguments(CreateResponse.class, "proto.CreateResponse"),
                arguments(ErrorResponse.class, "proto.ErrorResponse"),
                arguments(GetAclResponse.class, "proto.GetACLResponse"),
                arguments(GetAllChildrenNumberResponse.class, "proto.GetAllChildrenNumberResponse"),
                arguments(GetChildren2Response.class, "proto.GetChildren2Response"),
                arguments(GetChildrenResponse.class, "proto.GetChildrenResponse"),
                arguments(GetDataResponse.class, "proto.GetDataResponse"),
                arguments(GetEphemeralsResponse.class, "proto.GetEphemeralsResponse"),
                arguments(SaslResponse.class, "proto.SetSASLResponse"),
                arguments(StatResponse.class, "proto.ExistsResponse"),
                arguments(StatResponse.class, "proto.SetDataResponse"),
                arguments(StatResponse.class, "proto.SetACLResponse"),
                arguments(SyncResponse.class, "proto.SyncResponse"),
                arguments(WhoAmIResponse.class, "proto.WhoAmIResponse"),
                arguments(RequestHeader.class, "proto.RequestHeader"),
                arguments(ReplyHeader.class, "proto.ReplyHeader"),
                arguments(Stat.class, "data.Stat"),
                arguments(Identity.class, "data.Id"),
                arguments(Acl.class, "data.ACL"),
                arguments(ClientInfo.class, "data.ClientInfo"),
                arguments(CheckVersionTxn.class, "txn.CheckVersionTxn"),
                arguments(CreateContainerTxn.class, "txn.CreateContainerTxn"),
                arguments(CreateSessionTxn.class, "txn.CreateSessionTxn"),
                arguments(CreateTtlTxn.class, "txn.CreateTTLTxn"),
                arguments(CreateTxn.class, "txn.CreateTxn"),
                arguments(DeleteTxn.class, "txn.DeleteTxn"),
                arguments(ErrorTxn.class, "txn.ErrorTxn"),
                arguments(SetAclTxn.class, "txn.SetACLTxn"),
                arguments(SetDataTxn.class, "txn.SetDataTxn"),
                arguments(TxnDigest.class, "txn.TxnDigest"),
                arguments(TxnHeader.class, "txn.TxnHeader"),
                arguments(CloseSessionTxn.class, "txn.CloseSessionTxn"),
                arguments(SubTxn.class, "txn.Txn"),
                arguments(MultiTxn.class, "txn.MultiTxn"),
                arguments(WatchedEvent.class, "proto.WatcherEvent"),
                arguments(ConnectRequest.class, "proto.ConnectRequest"),
                arguments(ConnectResponse.class, "proto.ConnectResponse"),
                arguments(QuorumPacket.class, "server.quorum.QuorumPacket"),
                arguments(LearnerInfo.class, "server.quorum.LearnerInfo"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theReferenceReadsTheSameFieldsAndWritesTheSameBytes(Class<? extends Record> ours, String theirs) {
        RandomRecords records = new RandomRecords(Seed.random(ours));
        for (int round = 0; round < Seed.ROUNDS; round++) {
            Record record = records.next(ours);
            if (unknownThere(record)) {
                continue;
            }
            byte[] bytes = Codec.encode(record);
            var reference = Reference.decode(Reference.type(theirs), bytes);
            assertThat(Reference.fields(reference)).as(replay(record)).isEqualTo(Reference.fields(record));
            assertThat(Reference.encode(reference)).as(replay(record)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {MultiRequest.class, MultiReadRequest.class, MultiResponse.class})
    void theReferenceWritesTheSameMulti(Class<? extends Record> ours) {
        RandomRecords records = new RandomRecords(Seed.random(ours));
        for (int round = 0; round < Seed.ROUNDS; round++) {
            Record record = records.next(ours);
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            parts(record).forEach(expected::writeBytes);
            expected.writeBytes(Reference.encode(new MultiHeader(-1, true, -1)));
            assertThat(Codec.encode(record)).as(replay(record)).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void theReferenceReadsThreeListsOfWatches() {
        SetWatchesRequest request = new RandomRecords(Seed.random(SetWatches.class)).next(SetWatchesRequest.class);
        byte[] bytes = Codec.encode(request::writeThreeLists);
        var reference = Reference.decode(SetWatches.class, bytes);
        assertThat(Reference.fields(request))
                .startsWith(Reference.fields(reference).replaceAll("}$", ""));
        assertThat(Reference.encode(reference)).isEqualTo(bytes);
        SetWatchesRequest again = SetWatchesRequest.readThreeLists(Codec.reader(bytes));
        assertThat(again.dataWatches()).isEqualTo(request.dataWatches());
        assertThat(again.persistentWatches()).isEmpty();
        assertThat(again.persistentRecursiveWatches()).isEmpty();
    }

    private static Stream<byte[]> parts(Record record) {
        if (record instanceof MultiResponse response) {
            return response.results().stream()
                    .map(result ->
                            part(new MultiHeader(result.type(), false, result.err()), (Record) result.response()));
        }
        var ops = record instanceof MultiRequest request ? request.ops() : ((MultiReadRequest) record).ops();
        return ops.stream().map(op -> part(new MultiHeader(op.type(), false, -1), (Record) op.request()));
    }

    private static byte[] part(MultiHeader header, Record record) {
        if (record instanceof EmptyResponse) {
            return Reference.encode(header);
        }
        String theirs = pairs().filter(pair -> pair.get()[0] == record.getClass())
                .map(pair -> (String) pair.get()[1])
                .findFirst()
                .orElseThrow();
        return Reference.encode(header, Reference.decode(Reference.type(theirs), Codec.encode(record)));
    }

    /** The reference has no record without list, and no connect exchange without the last byte. */
    private static boolean unknownThere(Record record) {
        return (record instanceof CloseSessionTxn close && close.paths() == null)
                || (record instanceof ConnectRequest request && !request.hasReadOnly())
                || (record instanceof ConnectResponse response && !response.hasReadOnly());
    }

    private static String replay(Record record) {
        return Seed.replay(ReferenceTest.class, record);
    }
}
