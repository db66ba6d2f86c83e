package dev.jackstaff.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyTest {

    /// The check values of the relay specification, section 1.7.
    @Test
    void the_etag_is_the_length_and_the_sha_1_of_the_bytes() {
        assertThat(body("{}\n").etag()).isEqualTo("\"3-5f36b2ea290645ee34d943220a14b54ee5ea5be5\"");
        assertThat(body("{\"flags\":[]}\n").etag()).isEqualTo("\"13-040f46273ee52134696cfa5d2df50ad74809d201\"");
    }

    @Test
    void a_copy_is_nobody_elses() {
        Body body = body("abc");
        body.copy()[0] = 'x';
        assertThat(new String(body.copy(), StandardCharsets.UTF_8)).isEqualTo("abc");
    }

    private static Body body(String text) {
        return Body.adopting(text.getBytes(StandardCharsets.UTF_8));
    }
}
