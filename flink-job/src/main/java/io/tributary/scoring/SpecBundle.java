package io.tributary.scoring;

import io.tributary.core.Sha256;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.FeatureSpec;
import io.tributary.core.spec.SpecParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A spec with all files that it names, inside the job's jar: Flink takes the jar to every task manager, so nothing else
 * has to be shared. The folder {@value #FOLDER} in the jar holds the spec's text, an index of the files by the path at
 * which the spec names them, and the files, each under its checksum.
 */
public final class SpecBundle {

    private static final String FOLDER = "tributary-bundle/";
    private static final String TEXT = FOLDER + "spec.yaml";
    private static final String INDEX = FOLDER + "index.properties";
    private static final String SPEC_FILE = "spec";
    private static final String FILE = "file:";

    /** What every zip file without entries consists of: the end of its directory. */
    private static final byte[] EMPTY_ZIP = Arrays.copyOf(new byte[] {'P', 'K', 5, 6}, 22);

    private final ClassLoader loader;
    private final Properties index;

    private SpecBundle(ClassLoader loader, Properties index) {
        this.loader = loader;
        this.index = index;
    }

    /**
     * Writes a copy of the job's jar with a spec in it.
     *
     * @param jobJar the job's jar, without a spec
     * @param target the copy; replaced if it exists
     * @throws IOException if a file cannot be read or the copy cannot be written
     */
    public static void write(EnsembleSpec spec, Path jobJar, Path target) throws IOException {
        Files.copy(jobJar, target, StandardCopyOption.REPLACE_EXISTING);
        add(spec, target);
    }

    /**
     * Packs a spec and its files alone, as they are published.
     *
     * @throws IOException if a file cannot be read
     */
    public static byte[] pack(EnsembleSpec spec) throws IOException {
        Path archive = Files.createTempFile("tributary-publication-", ".zip");
        try {
            Files.write(archive, EMPTY_ZIP);
            add(spec, archive);
            return Files.readAllBytes(archive);
        } finally {
            Files.delete(archive);
        }
    }

    /**
     * The spec in a pack, with its files on this machine.
     *
     * @throws IOException if it is none
     */
    public static EnsembleSpec unpack(byte[] pack) throws IOException {
        Path archive = Files.createTempFile("tributary-publication-", ".zip");
        try {
            Files.write(archive, pack);
            try (URLClassLoader loader =
                    new URLClassLoader(new URL[] {archive.toUri().toURL()}, null)) {
                return in(loader).spec();
            }
        } finally {
            Files.delete(archive);
        }
    }

    private static void add(EnsembleSpec spec, Path target) throws IOException {
        Properties index = new Properties();
        index.setProperty(SPEC_FILE, spec.file().toAbsolutePath().toString());
        try (FileSystem jar = FileSystems.newFileSystem(target)) {
            Files.createDirectories(jar.getPath(FOLDER));
            Files.writeString(jar.getPath(TEXT), ShippedSpec.text(spec), StandardCharsets.UTF_8);
            for (Path file : files(spec)) {
                String checksum = Sha256.hex(file);
                index.setProperty(FILE + file, checksum);
                Files.copy(file, jar.getPath(FOLDER + checksum), StandardCopyOption.REPLACE_EXISTING);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            index.store(bytes, null);
            Files.write(jar.getPath(INDEX), bytes.toByteArray());
        }
    }

    private static Set<Path> files(EnsembleSpec spec) {
        Set<Path> files = new LinkedHashSet<>();
        spec.members().forEach(member -> files.addAll(MemberLoader.files(member)));
        for (FeatureSpec feature : spec.features().features()) {
            if (feature instanceof FeatureSpec.Tokens tokens) {
                files.add(tokens.tokenizer().path());
            }
        }
        if (spec.events().schema() != null) {
            files.add(spec.events().schema());
        }
        if (spec.initialWeights() != null) {
            files.add(spec.initialWeights());
        }
        return files;
    }

    /**
     * The bundle on a class path.
     *
     * @throws IllegalStateException if there is none
     */
    static SpecBundle in(ClassLoader loader) {
        try (InputStream in = open(loader, INDEX)) {
            if (in == null) {
                throw new IllegalStateException("there is no spec in the job's jar (no " + INDEX
                        + "); tributary submit SPEC --save FILE.jar writes a jar with a spec in it");
            }
            Properties index = new Properties();
            index.load(in);
            return new SpecBundle(loader, index);
        } catch (IOException e) {
            throw new UncheckedIOException("the job's jar cannot be read", e);
        }
    }

    /** The spec's text. */
    String text() {
        try (InputStream in = open(loader, TEXT)) {
            return new String(Objects.requireNonNull(in, TEXT).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the job's jar cannot be read", e);
        }
    }

    /** The spec, with its files on this machine. */
    EnsembleSpec spec() {
        return SpecParser.parse(text(), Path.of(index.getProperty(SPEC_FILE)), this::place);
    }

    /**
     * Where a file lies on this machine, unpacked the first time that it is asked for, with what the bundle has beside it.
     *
     * @param named its absolute path as the spec names it
     * @return the same path if the bundle does not have it
     */
    Path place(Path named) {
        String checksum = index.getProperty(FILE + named);
        if (checksum == null) {
            return named;
        }
        SortedMap<String, String> siblings = siblings(named);
        String folder = Sha256.hex(siblings.toString().getBytes(StandardCharsets.UTF_8));
        String name = String.valueOf(named.getFileName());
        siblings.forEach((sibling, siblingChecksum) -> unpack(folder, sibling, siblingChecksum));
        return unpack(folder, name, checksum);
    }

    /** The files of one folder by name, with their checksums: what is in it says where it is unpacked. */
    private SortedMap<String, String> siblings(Path named) {
        SortedMap<String, String> siblings = new TreeMap<>();
        for (String key : index.stringPropertyNames()) {
            Path path = Path.of(key.substring(key.indexOf(':') + 1));
            if (key.startsWith(FILE) && Objects.equals(path.getParent(), named.getParent())) {
                siblings.put(String.valueOf(path.getFileName()), index.getProperty(key));
            }
        }
        return siblings;
    }

    private Path unpack(String folder, String name, String checksum) {
        try {
            return UnpackedFiles.unpack(folder, name, checksum, () -> {
                InputStream in = open(loader, FOLDER + checksum);
                return Objects.requireNonNull(in, "the job's jar lacks " + FOLDER + checksum);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + name + " from the job's jar", e);
        }
    }

    /** Past the JDK's cache of open jars, which would outlive the job's class loader. */
    private static @Nullable InputStream open(ClassLoader loader, String name) throws IOException {
        URL url = loader.getResource(name);
        if (url == null) {
            return null;
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }
}
