package dev.jackstaff.retrievers.http;

import dev.jackstaff.spi.Retriever;
import dev.jackstaff.spi.Settings;
import dev.jackstaff.testkit.RemoteCallContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/// T14 of the design for deadlines.
class HttpRetrieverCallsTest extends RemoteCallContract {
    private Retriever retriever;

    @AfterEach
    void closeRetriever() {
        retriever.close();
    }

    @Override
    protected Call call(String url) throws Exception {
        retriever = new HttpRetrieverFactory().create(new Settings("http", Map.of(
                "url", url.replace("//", "//anna:" + secret() + "@") + "/flags?key=" + secret(), "method", "POST",
                "body",
                secret(), "headers", Map.of("X-Key", List.of(secret())))));
        retriever.init(Duration.ofSeconds(30));
        return limit -> retriever.retrieve(null, limit);
    }

    @Override
    protected String secret() {
        return "hush-hush";
    }
}
