package io.tributary.app.command;

import java.util.List;

/**
 * Whether what is printed is seen on a terminal. The launcher says so: newer JVMs have a console whether there is a
 * terminal or not, and none tells standard output and standard error apart.
 */
public final class Screen {

    private static final String PROPERTY = "tributary.terminals";

    private Screen() {}

    /** Whether standard output is a terminal. */
    public static boolean isOut() {
        return is("out");
    }

    /** Whether standard error is a terminal. */
    public static boolean isErr() {
        return is("err");
    }

    private static boolean is(String stream) {
        String told = System.getProperty(PROPERTY);
        return told == null
                ? System.console() != null
                : List.of(told.split(",")).contains(stream);
    }
}
