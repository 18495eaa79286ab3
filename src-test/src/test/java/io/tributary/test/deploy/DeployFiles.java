package io.tributary.test.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of the folder {@code deploy}, as trees of maps, lists and scalars. */
public final class DeployFiles {

    /** The repository's root. */
    public static final Path HOME = Path.of(System.getProperty("tributary.home"));

    /** Where the installed copy lies in the images. */
    public static final String INSTALLED = "/opt/tributary/";

    static final Path DEPLOY = HOME.resolve("deploy");
    static final Path BASE = DEPLOY.resolve("kubernetes/base");
    static final Path GPU = DEPLOY.resolve("kubernetes/gpu");
    static final String KUSTOMIZATION = "kustomization.yaml";
    static final String IMAGES = "images.yaml";
    static final String SPEC = "fraud.yaml";

    private static final Set<String> NO_MANIFESTS = Set.of(KUSTOMIZATION, IMAGES, SPEC);

    private DeployFiles() {}

    /** A file's text. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents in a YAML text; a key that comes twice is an error. */
    static List<Map<String, Object>> documents(String yaml) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document :
                new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadAllFromString(yaml)) {
            documents.add(map(document));
        }
        return documents;
    }

    /** The manifests of the base, without what only kustomize and the planes read. */
    static List<Map<String, Object>> manifests() {
        try (Stream<Path> files = Files.list(BASE)) {
            return files.filter(
                            file -> !NO_MANIFESTS.contains(file.getFileName().toString()))
                    .sorted()
                    .flatMap(file -> documents(text(file)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The manifests of a kind. */
    public static List<Map<String, Object>> manifests(String kind) {
        return manifests().stream()
                .filter(each -> each.get("kind").equals(kind))
                .toList();
    }

    /** The one manifest of a kind and name. */
    static Map<String, Object> manifest(String kind, String name) {
        return manifests(kind).stream()
                .filter(each -> name(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    /** A manifest's name. */
    public static String name(Map<String, Object> manifest) {
        return String.valueOf(at(manifest, "metadata", "name"));
    }

    /** The one container of a manifest's pods. */
    static Map<String, Object> container(String kind, String name) {
        return map(at(manifest(kind, name), "spec", "template", "spec", "containers", 0));
    }

    /** The spec that the manifests are for, with the files of this checkout. */
    public static EnsembleSpec spec() {
        return SpecParser.parse(specText(), BASE.resolve(SPEC));
    }

    /** Its text. */
    public static String specText() {
        return text(BASE.resolve(SPEC)).replace(INSTALLED, HOME + "/");
    }

    /** Where keys and indices lead; fails if there is nothing. */
    public static Object at(Object from, Object... path) {
        Object found = from;
        for (Object step : path) {
            found = step instanceof Integer index
                    ? list(found).get(index)
                    : map(found).get(step);
            assertThat(found).as(step + " in " + from).isNotNull();
        }
        return found;
    }

    /** The same as texts. */
    public static List<String> texts(Object from, Object... path) {
        return list(at(from, path)).stream().map(String::valueOf).toList();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object map) {
        return (Map<String, Object>) map;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object list) {
        return (List<Object>) list;
    }

    /** One map over another: maps are merged, all else is replaced, as kustomize does with kinds that it does not know. */
    static Map<String, Object> merged(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> merged = new LinkedHashMap<>(below);
        above.forEach((key, value) -> {
            boolean both = value instanceof Map && below.get(key) instanceof Map;
            merged.put(key, both ? merged(map(below.get(key)), map(value)) : value);
        });
        return merged;
    }

    /** A property of the root POM. */
    static String version(String property) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<").matcher(text(HOME.resolve("pom.xml")));
        assertThat(matcher.find()).as(property).isTrue();
        return matcher.group(1);
    }
}
