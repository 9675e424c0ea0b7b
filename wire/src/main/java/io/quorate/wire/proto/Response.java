package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteWriter;

/** What a server answers, behind the header; {@link Responses} decodes it. The byte arrays inside are shared, not copied. */
public sealed interface Response
        permits Create2Response,
                CreateResponse,
                EmptyResponse,
                ErrorResponse,
                GetAclResponse,
                GetAllChildrenNumberResponse,
                GetChildren2Response,
                GetChildrenResponse,
                GetDataResponse,
                GetEphemeralsResponse,
                MultiResponse,
                SaslResponse,
                StatResponse,
                SyncResponse,
                WhoAmIResponse {
    /** Encodes this, without the header. */
    void write(JuteWriter writer);
}
