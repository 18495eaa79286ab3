package io.tributary.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one temporary folder of a run: broker logs, the registry, stream state and unpacked native libraries live in it
 * and are gone when it is closed.
 *
 * <p>The launcher makes the folder and names it in the system property {@code tributary.work}, with {@code
 * java.io.tmpdir} inside: the JDK reads that property as it starts, before any code of ours runs. Without the launcher
 * {@link #create} makes the folder, and only libraries that read the property themselves follow.
 *
 * <p>All methods may be called from any thread, {@link #close} also from a JVM shutdown hook. It registers no such hook
 * itself, since what runs in the folder has to be stopped first.
 */
public final class WorkDirectory implements AutoCloseable {

    /** Names the folder that the launcher made for this run, which is deleted with all that is in it. */
    static final String GIVEN = "tributary.work";

    private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);
    private static final String PREFIX = "tributary-";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String TEMP_PROPERTY = "java.io.tmpdir";
    private static final int DELETE_ATTEMPTS = 20;
    private static final long DELETE_PAUSE_MILLIS = 50;

    private final Path path;
    private final @Nullable String formerTemp;
    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean closed;

    private WorkDirectory(Path path, @Nullable String formerTemp) {
        this.path = path;
        this.formerTemp = formerTemp;
    }

    /**
     * Takes over the launcher's folder, or makes {@code tributary-…} in the system's temporary folder, readable by its
     * owner alone, and sets {@code java.io.tmpdir} to its sub-folder {@code tmp}.
     *
     * @throws UncheckedIOException if the folder cannot be made
     */
    public static WorkDirectory create() {
        String given = System.getProperty(GIVEN);
        if (given != null) {
            // A second call in this JVM gets a folder of its own.
            System.clearProperty(GIVEN);
            return new WorkDirectory(checked(Path.of(given).toAbsolutePath().normalize()), null);
        }
        String systemTemp = System.getProperty(TEMP_PROPERTY);
        Path path = Path.of(systemTemp, PREFIX + HexFormat.of().toHexDigits(new SecureRandom().nextLong()));
        try {
            Files.createDirectory(path, OWNER_ONLY);
            System.setProperty(
                    TEMP_PROPERTY, Files.createDirectory(path.resolve("tmp")).toString());
            return new WorkDirectory(path.toAbsolutePath(), systemTemp);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a folder for this run in the temporary folder " + systemTemp + " (" + e
                            + "); set TMPDIR to a folder with free space that you may write to",
                    e);
        }
    }

    /** Keeps a mistaken property from having somebody's own files deleted. */
    private static Path checked(Path given) {
        String name = String.valueOf(given.getFileName());
        String[] entries = given.toFile().list((folder, entry) -> !entry.equals("tmp"));
        if (!name.startsWith(PREFIX) || entries == null || entries.length > 0) {
            throw new IllegalArgumentException("the system property " + GIVEN + " is " + given
                    + ", must be a folder named " + PREFIX + "… with nothing but tmp in it; leave the property out");
        }
        return given;
    }

    /** Makes a work directory in {@code parent} and leaves {@code java.io.tmpdir} as it is. */
    static WorkDirectory in(Path parent) {
        try {
            return new WorkDirectory(Files.createTempDirectory(parent, PREFIX), null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a work directory in " + parent, e);
        }
    }

    /** Where this run's files are; an absolute path. */
    public Path path() {
        return path;
    }

    /**
     * The sub-folder {@code name}, made where it is missing.
     *
     * @throws IllegalStateException if the work directory is closed
     * @throws UncheckedIOException if the sub-folder cannot be made
     */
    public synchronized Path folder(String name) {
        if (closed) {
            throw new IllegalStateException("the work directory " + path + " is closed: this run is ending");
        }
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + path.resolve(name) + " (" + e + ")", e);
        }
    }

    /**
     * Deletes the folder with all that is in it, after stopping what still runs there. Files that others delete
     * meanwhile are no problem; what cannot be deleted is left and named in a warning. Later calls do nothing, a call
     * during another one waits for it.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        while (!parts.isEmpty()) {
            parts.pop().stop();
        }
        if (formerTemp != null) {
            System.setProperty(TEMP_PROPERTY, formerTemp);
        }
        deleteAll();
    }

    /** Has {@link #close} stop {@code part} before it deletes, latest first. If that is over, stops it now. */
    synchronized void stopFirst(Part part) {
        if (!closed) {
            parts.push(part);
            return;
        }
        part.stop();
        deleteAll();
    }

    private void deleteAll() {
        boolean interrupted = false;
        for (int attempt = 1; attempt <= DELETE_ATTEMPTS && exists(); attempt++) {
            if (attempt > 1) {
                // Somebody wrote into a folder while it was being emptied.
                try {
                    Thread.sleep(DELETE_PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            try {
                Files.walkFileTree(path, new Deletion());
            } catch (IOException e) {
                LOG.debug("deleting {}, attempt {}", path, attempt, e);
            }
        }
        if (exists()) {
            LOG.warn("could not delete all of {}; it is of no more use, delete it by hand", path);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** What runs in the folder and has to end before it goes. */
    @FunctionalInterface
    interface Part {

        /** Stops the part, waits for its end, never throws, and does nothing the second time. */
        void stop();
    }

    /** Deletes what it can and goes on past what it cannot. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return delete(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) {
            return delete(file);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) {
            return delete(folder);
        }

        private static FileVisitResult delete(Path path) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                LOG.trace("cannot delete {} yet", path, e);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
