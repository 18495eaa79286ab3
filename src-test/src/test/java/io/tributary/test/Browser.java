package io.tributary.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, as Debian packages it. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ChromeDriver driver;

    private Browser(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,800",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    /** Ends the test here where there is no browser, except in continuous integration, which must have one. */
    static void require() {
        boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if (!there && System.getenv("CI") != null) {
            throw new AssertionError("no " + CHROMIUM + " with " + DRIVER + ": .ci/run installs them");
        }
        Assumptions.assumeTrue(
                there,
                "the dashboard is not tested in a browser: there is no " + CHROMIUM + " with " + DRIVER
                        + "; apt-get install chromium chromium-driver");
    }

    /** Opens a browser that keeps what it must in the given folder. */
    static Browser open(Path profile) {
        return new Browser(profile);
    }

    void go(String url) {
        driver.get(url);
    }

    /** A phone's or a laptop's window, in a light or a dark room. */
    void look(int width, int height, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** What an expression of JavaScript comes to. */
    Object value(String expression) {
        return driver.executeScript("return " + expression);
    }

    /** What an expression comes to that calls functions of one of the page's modules; as text. */
    String imported(String module, String expression) {
        return String.valueOf(driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "import('/js/" + module + ".js').then(it => { const {lately, grown} = it; done(String(" + expression
                + ")); }, done);"));
    }

    /** The text of the first element that a selector finds; empty if there is none. */
    String text(String selector) {
        return String.valueOf(value("document.querySelector(" + quoted(selector) + ")?.textContent ?? ''"));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "\\'") + "'";
    }

    /** Whether an element is there and to be seen. */
    boolean shows(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream().anyMatch(WebElement::isDisplayed);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Waits until something holds; fails with a picture of words after a minute. */
    void await(String what, BooleanSupplier holds) {
        await(what, LIMIT, holds);
    }

    /** The same with another limit. */
    void await(String what, Duration limit, BooleanSupplier holds) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not after " + limit + ": " + what + "; the page says:\n" + text("main"));
            }
        }
    }

    /** What was written to the console as an error since this was asked last. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
