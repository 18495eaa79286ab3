package io.tributary.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a command's exit code says; the help and the README show them as one table. */
public enum ExitCode {
    /** All went well. */
    DONE(0, "done"),
    /** It did not work, or what was looked at is not well. */
    FAILED(1, "failed, or what was looked at is not well"),
    /** Nothing was tried. */
    WRONG(2, "wrong usage, or a spec with problems"),
    /** The JVM says this by itself when it is told to stop. */
    INTERRUPTED(130, "interrupted");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }

    /** The same in words, for people. */
    public String meaning() {
        return meaning;
    }

    /** All of them, the numbers as text and what they mean. */
    public static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode each : values()) {
            table.put(Integer.toString(each.code), each.meaning);
        }
        return table;
    }
}
