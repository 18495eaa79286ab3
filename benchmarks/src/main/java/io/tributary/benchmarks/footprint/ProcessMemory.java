package io.tributary.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much memory a process and all that it has started hold, as the kernel counts it.
 *
 * @param proportionalBytes memory that several processes share is counted once in all, a share with each (PSS)
 * @param residentBytes it is counted with each of them (RSS)
 * @param processes how many there were
 */
record ProcessMemory(long proportionalBytes, long residentBytes, int processes) {

    static final ProcessMemory NONE = new ProcessMemory(0, 0, 0);

    private static final long KIB = 1024;
    private static final Pattern PROPORTIONAL = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB$");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^Rss:\\s+(\\d+) kB$");

    /** What the tree of a process holds now; processes that end meanwhile count as nothing. */
    static ProcessMemory ofTree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .map(each -> Path.of("/proc", Long.toString(each.pid()), "smaps_rollup"))
                .map(ProcessMemory::read)
                .flatMap(Optional::stream)
                .reduce(NONE, ProcessMemory::plus);
    }

    private static Optional<ProcessMemory> read(Path file) {
        try {
            return Optional.of(parse(Files.readString(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads what the kernel says of one process; nothing where it no longer has memory. */
    static ProcessMemory parse(String rollup) {
        return new ProcessMemory(bytes(PROPORTIONAL, rollup), bytes(RESIDENT, rollup), 1);
    }

    private static long bytes(Pattern line, String rollup) {
        Matcher found = line.matcher(rollup);
        return found.find() ? Long.parseLong(found.group(1)) * KIB : 0;
    }

    private ProcessMemory plus(ProcessMemory other) {
        return new ProcessMemory(
                proportionalBytes + other.proportionalBytes,
                residentBytes + other.residentBytes,
                processes + other.processes);
    }

    /** Each figure's greater one. */
    ProcessMemory max(ProcessMemory other) {
        return new ProcessMemory(
                Math.max(proportionalBytes, other.proportionalBytes),
                Math.max(residentBytes, other.residentBytes),
                Math.max(processes, other.processes));
    }
}
