package io.tributary.core.control;

/**
 * A new version of a spec, with the files that it names.
 *
 * @param id names the publication
 * @param version the spec's version
 * @param bundle spec and files, as they were packed
 */
public record Publication(String id, int version, byte[] bundle) {}
