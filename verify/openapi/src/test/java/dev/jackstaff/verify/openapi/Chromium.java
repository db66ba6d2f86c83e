package dev.jackstaff.verify.openapi;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// A browser without a window, of a profile of its own. `verify/chromium` says where it is.
record Chromium(ChromeDriver driver) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final long BETWEEN_LOOKS = 20_000_000;

    /// Installing takes minutes where the network is slow.
    private static final int INSTALL_MINUTES = 10;

    static Chromium start(Path profile) throws Exception {
        List<String> found = found();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(found.getFirst());
        options.addArguments(
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--window-size=1200,1600", "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(found.get(1)).toFile())
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    void await(BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > LIMIT.toNanos()) throw new AssertionError("not within " + LIMIT);
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static List<String> found() throws Exception {
        Process process = new ProcessBuilder(TestRelay.ROOT.resolve("verify/chromium").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0)
            throw new IllegalStateException("no browser to test with; verify/chromium says above what to install");
        return out.lines().toList();
    }
}
