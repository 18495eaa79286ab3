package io.tributary.dashboard.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The chart library, out of its jar. */
public final class Uplot {

    private static final String POM = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
    private static final String WEBJAR = "/META-INF/resources/webjars/uplot/";

    private Uplot() {}

    /** One of its built files, such as {@code uPlot.min.css}. */
    public static byte[] file(String name) {
        try (InputStream pom = open(POM)) {
            Properties properties = new Properties();
            properties.load(pom);
            try (InputStream in = open(WEBJAR + properties.getProperty("version") + "/dist/" + name)) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = Uplot.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException(name + " is missing from the build");
        }
        return in;
    }
}
