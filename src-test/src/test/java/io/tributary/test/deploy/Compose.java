package io.tributary.test.deploy;

import static io.tributary.test.deploy.DeployFiles.at;
import static io.tributary.test.deploy.DeployFiles.map;
import static io.tributary.test.deploy.DeployFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The compose file, with others on top of it. */
public final class Compose {

    /** What must be given to start it. */
    private static final Map<String, String> GIVEN = Map.of("TRIBUTARY_DASHBOARD_TOKEN", "0123456789abcdef");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([-?])([^}]*))?}");

    private final Map<String, Object> services;

    private Compose(Map<String, Object> services) {
        this.services = services;
    }

    /**
     * Reads it.
     *
     * @param above names of files on top of it
     */
    public static Compose read(String... above) {
        Map<String, Object> merged = file("compose.yaml");
        for (String name : above) {
            merged = DeployFiles.merged(merged, file(name));
        }
        return new Compose(map(at(merged, "services")));
    }

    /** Compose reads the YAML first and puts in variables then. */
    private static Map<String, Object> file(String name) {
        String raw = DeployFiles.text(DeployFiles.DEPLOY.resolve(name));
        assertThat(DeployFiles.documents(raw)).hasSize(1);
        String text = VARIABLE.matcher(raw).replaceAll(variable -> Matcher.quoteReplacement(value(variable)));
        List<Map<String, Object>> documents = DeployFiles.documents(text);
        assertThat(documents).hasSize(1);
        return documents.get(0);
    }

    /** Of a variable with a default that, of one that must be given what is given here. */
    private static String value(MatchResult variable) {
        boolean hasDefault = "-".equals(variable.group(2));
        return hasDefault ? variable.group(3) : String.valueOf(at(GIVEN, variable.group(1)));
    }

    /** The services' names. */
    Set<String> services() {
        return services.keySet();
    }

    /** What is said of a service. */
    Map<String, Object> service(String name) {
        return map(at(services, name));
    }

    /** The words of a service's command. */
    public List<String> command(String service) {
        return texts(services, service, "command");
    }

    /** A service's environment. */
    public Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        map(at(services, service, "environment"))
                .forEach((name, value) -> environment.put(name, String.valueOf(value)));
        return environment;
    }

    /** Flink's settings of a service: those of its environment, and over them those of its command. */
    public Map<String, String> flinkSettings(String service) {
        Map<String, String> settings = new LinkedHashMap<>();
        environment(service).get("FLINK_PROPERTIES").lines().forEach(line -> put(settings, line, ": "));
        List<String> command = command(service);
        for (int i = 0; i < command.size() - 1; i++) {
            if (command.get(i).equals("-D")) {
                put(settings, command.get(i + 1), "=");
            }
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String line, String separator) {
        String[] parts = line.split(separator, 2);
        assertThat(parts).as(line).hasSize(2);
        assertThat(settings.put(parts[0], parts[1])).as(line).isNull();
    }
}
