package io.tributary.dashboard.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the page is served, and to whom.
 *
 * @param host the name or address of this machine to listen at
 * @param port the port; 0 for any that is free
 * @param token what whoever wants to see it must know, 16 or more of A to Z, a to z, 0 to 9, _ and -; null for nothing, on this machine only
 */
public record Address(String host, int port, @Nullable String token) {

    private static final int SHORTEST_TOKEN = 16;

    /** What stands for itself in a cookie, a header and a URL. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]*");

    /**
     * Checks the values.
     *
     * @throws DashboardException if they may not be so
     */
    public Address {
        if (port < 0 || port > 65_535) {
            throw new DashboardException("--dashboard-port is " + port + ", must be from 0 to 65535");
        }
        if (token != null && token.length() < SHORTEST_TOKEN) {
            throw new DashboardException("--dashboard-token has " + token.length() + " characters, must have at least "
                    + SHORTEST_TOKEN + "; openssl rand -hex 16 makes one");
        }
        if (token != null && !PLAIN.matcher(token).matches()) {
            throw new DashboardException(
                    "--dashboard-token may have A to Z, a to z, 0 to 9, _ and - only, for browsers keep it in a cookie;"
                            + " openssl rand -hex 16 makes one");
        }
        if (token == null && !isLoopback(host)) {
            throw new DashboardException(
                    "--dashboard-host is " + host
                            + ", which others can reach: say with --dashboard-token what they must know, or leave it at localhost");
        }
    }

    /** On this machine, for whoever is on it. */
    public static Address local(int port) {
        return new Address("localhost", port, null);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new DashboardException("--dashboard-host is " + host + ", which is no address of this machine", e);
        }
    }
}
