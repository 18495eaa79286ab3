package io.tributary.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports on the loopback address that nobody listens on just now. */
public final class FreePorts {

    /** The address that every embedded server listens on. */
    static final String HOST = "127.0.0.1";

    private FreePorts() {}

    /** Two different free ports. Another process may take one before it is used: be ready for a failing bind. */
    public static int[] pickTwo() {
        try (ServerSocket first = listen(0);
                ServerSocket second = listen(0)) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find free ports on " + HOST + " (" + e + ")", e);
        }
    }

    /** Whether a server could listen on {@code port} now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName(HOST));
    }
}
