package io.tributary.app.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.app.UserError;
import io.tributary.dashboard.serve.Uplot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A backtest as a page to look at: one file that needs no network. */
public final class ReportPage {

    private ReportPage() {}

    /**
     * Writes the page.
     *
     * @param title what was run over, for people
     * @throws UserError if the file cannot be written
     */
    public static void write(String title, BacktestResult result, Differences differences, Path file) {
        String page = resource("report.html");
        page = page.replace("/*uplot.css*/", webjar("uPlot.min.css"));
        page = page.replace("/*report.css*/", resource("report.css"));
        page = page.replace("/*uplot.js*/", inScript(webjar("uPlot.iife.min.js")));
        page = page.replace("/*report.js*/", inScript(resource("report.js")));
        page = page.replace("/*data*/", inScript(data(title, result, differences)));
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UserError("the page cannot be written to " + file + ": " + e + "; correct --report", e);
        }
    }

    private static String data(String title, BacktestResult result, Differences differences) {
        try {
            return new ObjectMapper().writeValueAsString(new ReportData(title, result, differences).json());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Text that cannot end the script element it stands in. */
    private static String inScript(String text) {
        return text.replace("</", "<\\/");
    }

    private static String webjar(String name) {
        return new String(Uplot.file(name), StandardCharsets.UTF_8);
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
