package io.tributary.dashboard.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where the chart library lies on the class path. */
public final class Uplot {

    private static final String POM = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private Uplot() {}

    /** The folder of its built files, without a slash at the end. */
    public static String folder() {
        Properties properties = new Properties();
        try (InputStream in = Uplot.class.getResourceAsStream(POM)) {
            if (in == null) {
                throw new IllegalStateException("uPlot is missing from the build");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/uplot/" + properties.getProperty("version") + "/dist";
    }
}
