package dev.jackstaff.verify.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/// `/swagger/` in a real browser.
class PageTest {
    @TempDir
    Path folder;

    @TempDir
    Path profile;

    @Test
    void a_reader_sees_every_operation_and_can_try_one_and_nothing_comes_from_elsewhere() throws Exception {
        try (TestRelay relay = TestRelay.start(folder, "");
                Chromium chromium = Chromium.start(profile)) {
            ChromeDriver browser = chromium.driver();
            browser.get(relay.address() + "/swagger/");
            chromium.await(() -> browser.findElements(By.cssSelector(".opblock")).size() > 18);
            assertThat(browser.getCurrentUrl()).isEqualTo(relay.address() + "/swagger/index.html");
            assertThat(browser.findElement(By.cssSelector(".info .title")).getText()).startsWith("Jackstaff relay");
            picture(browser, "page.png");

            WebElement operation = browser.findElement(By.id("operations-OFREP-evaluateFlag"));
            operation.findElement(By.cssSelector(".opblock-summary-control")).click();
            chromium.await(() -> !operation.findElements(By.cssSelector(".try-out__btn")).isEmpty());
            operation.findElement(By.cssSelector(".try-out__btn")).click();
            chromium.await(() -> !operation.findElements(By.cssSelector(".execute")).isEmpty());
            operation.findElement(By.cssSelector(".execute")).click();
            chromium.await(() -> !operation.findElements(By.cssSelector(".live-responses-table .response")).isEmpty());
            assertThat(operation.findElement(By.cssSelector(".live-responses-table")).getText())
                    .contains("200", "\"value\": true", "TARGETING_MATCH_SPLIT");
            picture(browser, "tried.png");

            assertThat(askedFor(browser)).isNotEmpty()
                    .allMatch(
                            url -> url.startsWith(relay.address() + "/") || url.startsWith("data:"));
            assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                    .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                    .as("what the browser complains of, broken promises of the content security policy among it")
                    .isEmpty();
        }
    }

    /// Every address that the browser has sent a request to; its own pages are none.
    private static List<String> askedFor(ChromeDriver browser) {
        List<String> urls = new ArrayList<>();
        for (LogEntry entry : browser.manage().logs().get(LogType.PERFORMANCE)) {
            JsonObject message = new JsonObject(entry.getMessage()).getJsonObject("message");
            if (message.getString("method").equals("Network.requestWillBeSent"))
                urls.add(message.getJsonObject("params").getJsonObject("request").getString("url"));
        }
        urls.removeIf(url -> url.startsWith("chrome://") || url.startsWith("chrome-untrusted://"));
        return urls;
    }

    /// For people to look at: `target/page.png`.
    private static void picture(ChromeDriver browser, String name) throws Exception {
        Files.write(Files.createDirectories(Path.of("target")).resolve(name),
                browser.getScreenshotAs(OutputType.BYTES));
    }
}
