package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.jackstaff.relay.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The state STUCK of the design for deadlines: a worker that is out long after its deadline is told once, and a class that
/// has lost more than half of its workers is short of them until they come back.
class StuckWorkersTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final int PERMITS = 4;

    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeTicker ticker = new FakeTicker();
    private final Offload offload = new Offload(workers, PERMITS);
    private final StuckWorkers stuck = new StuckWorkers();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        workers.close();
    }

    private void hang(int many) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(many);
        Deadline deadline = new Deadline(ticker, ticker.in(LIMIT), 0);
        for (int i = 0; i < many; i++)
            assertThat(Handover.begin(offload, deadline, _ -> hang(begun), Runnable::run, ticker, _ -> {})).isNotNull();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private Response hang(CountDownLatch begun) {
        begun.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new AssertionError("workers are not interrupted", e);
        }
        return Response.empty(200);
    }

    @Test
    void each_stuck_worker_is_told_once_and_with_its_place() throws InterruptedException {
        stuck.watch("refresh", offload);
        hang(1);
        try (LogLines log = new LogLines()) {
            ticker.advance(LIMIT.plusSeconds(4));
            stuck.look();
            assertThat(log.all()).isEmpty();
            ticker.advance(Duration.ofSeconds(1));
            stuck.look();
            log.await("a worker is stuck");
            assertThat(log.all()).singleElement().asString().contains("class=\"refresh\"", "StuckWorkersTest.hang");
            hang(1);
            ticker.advance(Duration.ofSeconds(60));
            for (int i = 0; i < 3; i++) stuck.look();
            assertThat(log.all()).filteredOn(line -> line.contains("a worker is stuck")).hasSize(2);
        }
    }

    @Test
    void more_than_half_are_a_shortage_until_they_come_back() throws InterruptedException {
        stuck.watch("collect", offload);
        stuck.watch("metrics", new Offload(workers, 1));
        try (LogLines log = new LogLines(Level.INFO)) {
            hang(PERMITS / 2);
            ticker.advance(Duration.ofSeconds(60));
            stuck.look();
            assertThat(stuck.shortages()).isEmpty();
            hang(1);
            assertThat(stuck.shortages()).isEmpty();
            ticker.advance(Duration.ofSeconds(60));
            for (int i = 0; i < 2; i++) stuck.look();
            assertThat(stuck.shortages()).isEqualTo(List.of(new StuckWorkers.Shortage("collect", 3, PERMITS)));
            released.countDown();
            workers.close();
            for (int i = 0; i < 2; i++) stuck.look();
            assertThat(stuck.shortages()).isEmpty();
            assertThat(log.all()).filteredOn(line -> line.contains("not ready"))
                    .singleElement()
                    .asString()
                    .contains("class=\"collect\"", "stuck=\"3\"", "permits=\"4\"");
            assertThat(log.all()).filteredOn(line -> line.contains("have come back")).hasSize(1);
            assertThat(offload.counts().late()).isEqualTo(3);
        }
    }
}
