package io.tributary.dashboard.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may see the page. */
final class Access {

    /** Where the token may be sent by the form. */
    static final String TOKEN_PATH = "/token";

    private static final String COOKIE = "tributary-token-";
    private static final String BEARER = "Bearer ";

    /** A page of elsewhere whose name is made to point at this machine sends its own name. */
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(localhost|127(\\.\\d+){3}|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);

    private final Address address;

    Access(Address address) {
        this.address = address;
    }

    /** Lets a request go on, or ends it. */
    void check(Context request) {
        String token = address.token();
        if (token == null) {
            String host = request.header("Host");
            if (host == null || !THIS_MACHINE.matcher(host).matches()) {
                throw new ForbiddenResponse("this dashboard answers on its own machine only");
            }
            return;
        }
        if (request.path().equals(TOKEN_PATH)) {
            return;
        }
        String given = request.queryParam("token");
        if (given != null && isRight(given)) {
            remember(request);
            request.skipRemainingHandlers();
        } else if (!isRight(request.cookie(cookie(request))) && !isRight(bearer(request))) {
            request.status(HttpStatus.UNAUTHORIZED).html(Form.ask(given != null));
            request.skipRemainingHandlers();
        }
    }

    /** Takes what the form sends. */
    void enter(Context request) {
        String given = request.formParam("token");
        if (given != null && isRight(given)) {
            remember(request);
        } else {
            request.status(HttpStatus.UNAUTHORIZED).html(Form.ask(true));
        }
    }

    private void remember(Context request) {
        Cookie cookie = new Cookie(cookie(request), String.valueOf(address.token()));
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        request.cookie(cookie);
        request.redirect("/", HttpStatus.SEE_OTHER);
    }

    /** Browsers send a cookie to all ports of a machine: those of several dashboards must not push one another out. */
    private static String cookie(Context request) {
        return COOKIE + request.req().getLocalPort();
    }

    private static @Nullable String bearer(Context request) {
        String header = request.header("Authorization");
        return header == null || !header.startsWith(BEARER) ? null : header.substring(BEARER.length());
    }

    private boolean isRight(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(UTF_8), String.valueOf(address.token()).getBytes(UTF_8));
    }

    /** The page that asks for the token. */
    private static final class Form {

        private static String ask(boolean wrong) {
            return """
                    <!doctype html>
                    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                    <title>Tributary</title></head>
                    <body><main><h1>Tributary</h1>
                    <form method="post" action="/token">
                    <p><label>Token, as --dashboard-token has it: <input type="password" name="token" autofocus required></label>
                    <button>Open</button></p>
                    %s
                    </form></main></body></html>
                    """.formatted(wrong ? "<p role=\"alert\">That is not the token.</p>" : "");
        }
    }
}
