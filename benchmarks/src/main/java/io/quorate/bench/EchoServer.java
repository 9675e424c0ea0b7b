package io.quorate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Owns the practical limit: one thread that answers each request at once with a reply of the right length, and does
 * nothing else. It keeps no nodes and writes no log. A process of its own, started like the real servers.
 */
final class EchoServer {

    private EchoServer() {}

    /** Serves until killed. The only argument is a zoo.cfg, of which the client address is used. */
    public static void main(String[] args) throws IOException {
        Properties config = new Properties();
        try (var in = Files.newBufferedReader(Path.of(args[0]))) {
            config.load(in);
        }
        int port = Integer.parseInt(config.getProperty("clientPort"));
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(config.getProperty("clientPortAddress"), port));
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            while (selector.isOpen()) {
                selector.select(EchoServer::onReady);
            }
        }
    }

    private static void onReady(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept(key);
            } else if (!((EchoLink) key.attachment()).onReady(key)) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void accept(SelectionKey key) throws IOException {
        SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(key.selector(), SelectionKey.OP_READ, new EchoLink(channel));
    }
}
