package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteWriter;

/** What a client asks, behind the header; {@link Requests} decodes it. The byte arrays inside are shared, not copied. */
public sealed interface Request
        permits AddWatchRequest,
                AuthPacket,
                CheckVersionRequest,
                CheckWatchesRequest,
                CreateRequest,
                CreateTtlRequest,
                DeleteContainerRequest,
                DeleteRequest,
                EmptyRequest,
                ExistsRequest,
                GetAclRequest,
                GetAllChildrenNumberRequest,
                GetChildrenRequest,
                GetDataRequest,
                GetEphemeralsRequest,
                MultiReadRequest,
                MultiRequest,
                ReconfigRequest,
                RemoveWatchesRequest,
                SaslRequest,
                SetAclRequest,
                SetDataRequest,
                SetWatchesRequest,
                SyncRequest {
    /** Encodes this, without the header. */
    void write(JuteWriter writer);
}
