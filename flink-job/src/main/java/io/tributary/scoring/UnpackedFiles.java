package io.tributary.scoring;

import io.tributary.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that came in the job's jar, once a process and checked. The folder that they are in is private to this process and goes when it
 * ends; its name is a system property, since each restart of a job may load this class anew.
 */
final class UnpackedFiles {

    private static final String FOLDER = "tributary.unpacked";

    private UnpackedFiles() {}

    /** Opens a file in the jar. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /**
     * The file, unpacked if this process has not done so yet.
     *
     * @param folderName the name of its folder among those of this process
     * @param name what it is called there
     * @param checksum its SHA-256
     * @throws IOException if it cannot be unpacked or has another checksum
     */
    static Path unpack(String folderName, String name, String checksum, Source source) throws IOException {
        // Of all objects here only this one is the same under every class loader.
        synchronized (System.getProperties()) {
            Path folder = Files.createDirectories(root().resolve(folderName));
            folder.toFile().deleteOnExit();
            Path target = folder.resolve(name);
            if (Files.isRegularFile(target)) {
                return target;
            }
            Path part = folder.resolve(name + ".part");
            try {
                try (InputStream in = source.open()) {
                    Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                }
                String actual = Sha256.hex(part);
                if (!actual.equals(checksum)) {
                    throw new IOException(name + " in the job's jar has checksum " + actual + ", must be " + checksum
                            + "; submit it again");
                }
                target.toFile().deleteOnExit();
                return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                // What is not right is not kept, and would keep its folder from being deleted at the end.
                Files.deleteIfExists(part);
            }
        }
    }

    private static Path root() throws IOException {
        String known = System.getProperty(FOLDER);
        if (known != null && Files.isDirectory(Path.of(known))) {
            return Path.of(known);
        }
        Path made = Files.createTempDirectory("tributary-files-");
        made.toFile().deleteOnExit();
        System.setProperty(FOLDER, made.toString());
        return made;
    }
}
