package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomTest {
    private static final int LENGTH = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 300, 1024, 16 * 1024, LENGTH - 1, LENGTH})
    void a_body_is_the_same_in_whatever_pieces_it_comes(int piece) {
        String body = "jackstaff ".repeat(LENGTH / 10);
        Room room = new Room(LENGTH);
        for (int from = 0; from < LENGTH; from += piece)
            room.add(Buffer.buffer(body.substring(from, Math.min(from + piece, LENGTH))));
        assertThat(new String(room.whole(), StandardCharsets.US_ASCII)).isEqualTo(body);
    }

    @Test
    void who_tells_of_much_and_sends_little_takes_little() {
        Room room = new Room(LENGTH);
        for (int sent = 0; sent < LENGTH; sent += 300) {
            assertThat(room.size()).isLessThanOrEqualTo(Math.max(1024, 4 * sent));
            room.add(Buffer.buffer("x".repeat(Math.min(300, LENGTH - sent))));
        }
        assertThat(room.size()).isEqualTo(LENGTH);
    }

    @Test
    void a_part_is_not_taken_for_the_whole() {
        Room room = new Room(LENGTH);
        room.add(Buffer.buffer("{"));
        assertThatThrownBy(room::whole).hasMessage("1 of 100000 bytes have come");
    }
}
