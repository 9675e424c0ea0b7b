package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How the names of servers become addresses. */
final class NamesTest {
    private static final HostPort A = new HostPort("a", 1);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private static CoordinatorClient client(String host, int port, NettyLoops loops) {
        return CoordinatorClient.builder(host + ":" + port)
                .eventLoops(loops)
                .closeTimeout(Duration.ofMillis(100))
                .connect();
    }

    @Test
    void allAddressesOfANameAreTried() throws Exception {
        InetAddress[] mostlyDead = {address(2), address(3), address(4), address(1)};
        try (PushingServer server = new PushingServer(30_000, 0);
                NettyLoops loops = new NettyLoops(1, false, host -> mostlyDead);
                CoordinatorClient client = client("ensemble.test", server.port(), loops)) {
            assertThat(client.whenConnected()).succeedsWithin(LIMIT);
        }
    }

    @Test
    void aNameThatIsUnknownIsLookedUpAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        NameLookups.Source source = host -> {
            if (asked.incrementAndGet() < 3) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {address(1)};
        };
        try (PushingServer server = new PushingServer(30_000, 0);
                NettyLoops loops = new NettyLoops(1, false, source);
                CoordinatorClient client = client("late.test", server.port(), loops)) {
            assertThat(client.whenConnected()).succeedsWithin(LIMIT);
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void lookingUpHoldsUpNoOtherClientOfTheEventLoop() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        NameLookups.Source source = host -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[] {address(1)};
        };
        try (PushingServer server = new PushingServer(30_000, 0);
                NettyLoops loops = new NettyLoops(
                        1, false, host -> isNumber(host) ? InetAddress.getAllByName(host) : source.addresses(host));
                CoordinatorClient slow = client("slow.test", server.port(), loops);
                CoordinatorClient other = client("127.0.0.1", server.port(), loops)) {
            assertThat(other.whenConnected()).succeedsWithin(LIMIT);
            assertThat(slow.isConnected()).isFalse();
            answered.countDown();
            assertThat(slow.whenConnected()).succeedsWithin(LIMIT);
        }
    }

    private static boolean isNumber(String host) {
        return Character.isDigit(host.charAt(0));
    }

    @Test
    void eachAddressIsTakenOnceInARound() throws Exception {
        HostAddresses addresses = new HostAddresses(new Random(7));
        assertThat(addresses.next(A)).isNull();
        List<InetAddress> all = List.of(address(1), address(2), address(3));
        addresses.found(A, all);
        assertThat(addresses.next(new HostPort("a", 2))).as("another port").isNull();
        Set<InetAddress> taken = new HashSet<>(Set.of(addresses.next(A), addresses.next(A), addresses.next(A)));
        assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
        assertThat(addresses.next(A)).as("the round is over").isNull();
        addresses.found(A, all);
        addresses.forget();
        assertThat(addresses.next(A)).as("reached").isNull();
    }

    @Test
    void addressesShareTheTimeThatNamesHave() {
        ConnectionScript script = new ConnectionScript("h:1");
        script.start();
        script.connection.onResolved(3, script.nowNanos());
        script.skip();
        script.advance(1_999);
        script.expect();
        script.advance(1);
        script.expect("disconnect");
    }
}
