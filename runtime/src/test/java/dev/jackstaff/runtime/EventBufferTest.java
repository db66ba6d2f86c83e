package dev.jackstaff.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventBufferTest {
    private static final long MIB = 1L << 20;

    @Test
    void what_waits_takes_its_part_of_the_heap_and_no_more_than_it_ever_did() {
        assertThat(EventBuffer.Bounds.of(100_000, 256 * MIB).waitingWeight()).isEqualTo(16 * MIB);
        assertThat(EventBuffer.Bounds.of(100_000, 16 * MIB).waitingWeight()).isEqualTo(4 * MIB);
        assertThat(EventBuffer.Bounds.of(100_000, 8_192 * MIB).waitingWeight()).isEqualTo(64 * MIB);
        assertThat(EventBuffer.Bounds.of(100_000, 256 * MIB).batchWeight()).isEqualTo(2 * MIB);
        assertThat(EventBuffer.Bounds.of(100_000, 16 * MIB).batchWeight()).isEqualTo(MIB);
        assertThat(EventBuffer.Bounds.of(100_000, 8_192 * MIB).batchWeight()).isEqualTo(4 * MIB);
    }
}
