package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one or several processes told Prometheus. */
final class Scrape {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (NaN|[+-]Inf|[-+.\\dE]+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(String name, Map<String, String> labels, double value) {}

    /** Reads an address; every line must be as Prometheus has it. */
    static Scrape of(String url) throws Exception {
        return of(List.of(url), name -> name);
    }

    /** Reads several addresses, and gives each metric another name. */
    static Scrape of(List<String> urls, UnaryOperator<String> renamed) throws Exception {
        Scrape scrape = new Scrape();
        for (String url : urls) {
            HttpResponse<String> answer =
                    HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            scrape.read(answer.body(), renamed);
        }
        return scrape;
    }

    /** Reads an address until something is so. */
    static Scrape await(String url, Predicate<Scrape> condition) throws Exception {
        return await(List.of(url), name -> name, condition);
    }

    /** Reads several addresses until something is so. */
    static Scrape await(List<String> urls, UnaryOperator<String> renamed, Predicate<Scrape> condition)
            throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        Scrape scrape = of(urls, renamed);
        while (!condition.test(scrape)) {
            assertThat(System.nanoTime())
                    .as("what is awaited of " + urls + ", and not " + scrape.own())
                    .isLessThan(deadline);
            Thread.sleep(200);
            scrape = of(urls, renamed);
        }
        return scrape;
    }

    private void read(String text, UnaryOperator<String> renamed) {
        Set<String> typed = new HashSet<>();
        Set<String> series = new HashSet<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# TYPE ")) {
                assertThat(typed.add(line.split(" ")[2]))
                        .as("only once: " + line)
                        .isTrue();
            } else if (!line.startsWith("#")) {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(series.add(line.substring(0, line.lastIndexOf(' '))))
                        .as("only once: " + line)
                        .isTrue();
                samples.add(
                        new Sample(renamed.apply(sample.group(1)), labels(sample.group(2)), number(sample.group(3))));
            }
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The names of all metrics. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        samples.forEach(sample -> names.add(sample.name()));
        return names;
    }

    /** What is told of the planes, for a message. */
    private String own() {
        Map<String, Double> own = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.name().startsWith("tributary_")) {
                own.merge(sample.name(), sample.value(), Double::sum);
            }
        }
        return own.toString();
    }

    /** The values of a label. */
    Set<String> labels(String name, String label) {
        Set<String> values = new TreeSet<>();
        for (Sample sample : samples) {
            if (sample.name().equals(name) && sample.labels().containsKey(label)) {
                values.add(sample.labels().get(label));
            }
        }
        return values;
    }

    /** The sum of what has a name; 0 if nothing has. */
    double sum(String name) {
        return sum(name, Map.of());
    }

    /** The sum of what has a name and labels. */
    double sum(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample ->
                        sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .sum();
    }
}
