package io.quorate.wire.client;

import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Response;

/** Makes of a decoded reply what the caller of a request gets. Pure. */
@FunctionalInterface
interface ReplyReader<T> {
    /**
     * @param response of the type that belongs to the operation; null when exists finds no node
     * @throws MalformedException when something is missing in it that cannot be missing
     * @throws CoordinatorException when it says that the request failed
     */
    T read(Response response, long zxid);
}
