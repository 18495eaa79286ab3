package io.tributary.core.member;

/**
 * Something wrong with a member's part of the spec.
 *
 * @param line the line of the spec, from 1
 * @param message what is wrong, in words
 */
public record MemberProblem(int line, String message) {}
