package io.tributary.core.member;

import org.jspecify.annotations.Nullable;

/** A member cannot be opened; the message names the member, the file, the rule and what to do. */
public final class MemberException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MemberException(String message) {
        super(message);
    }

    public MemberException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
