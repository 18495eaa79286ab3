package io.tributary.app.demo;

/** A payment before its windows are known. */
record Payment(long timeMillis, Holder holder, Terminal terminal, long cents, boolean fraud) {}
