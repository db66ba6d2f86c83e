package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RollTest {
    private static final int MANY = 100, ROUNDS = 1_000;

    private final Connections connections = new Connections(Limits.DEFAULT, new HeadRefusals(List.of()), false);
    private final Roll roll = new Roll();

    @Test
    void calls_each_once_in_a_round() {
        List<Peer> peers = join(MANY);
        assertThat(round(_ -> {})).isEmpty(); // they have come since it began

        for (int round = 0; round < 3; round++)
            assertThat(round(_ -> {})).containsExactlyInAnyOrderElementsOf(peers);
    }

    @Test
    void calls_nobody_where_nobody_is() {
        assertThat(round(_ -> {})).isEmpty();
        Peer peer = join();
        assertThat(round(_ -> {})).isEmpty();
        roll.remove(peer);

        for (int round = 0; round < 3; round++) assertThat(round(_ -> {})).isEmpty();
        assertThat(roll.size()).isZero();
    }

    @Test
    void leaves_nobody_out_when_others_come_and_go_meanwhile() {
        Random random = new Random(7);
        List<Peer> here = new ArrayList<>(join(MANY));
        List<Peer> _ = round(_ -> {});
        for (int round = 0; round < ROUNDS; round++) {
            Set<Peer> stay = new HashSet<>(here);

            List<Peer> called = round(peer -> {
                if (random.nextInt(10) == 0) here.add(join());
                if (random.nextInt(10) > 0) return;
                Peer goes = random.nextBoolean() ? peer : here.get(random.nextInt(here.size()));
                roll.remove(goes);
                here.remove(goes);
                stay.remove(goes);
            });

            assertThat(called).as("round %d", round).containsAll(stay);
        }
        assertThat(round(_ -> {})).containsExactlyInAnyOrderElementsOf(here);
    }

    /// Whoever is called in one round.
    private List<Peer> round(Consumer<Peer> meanwhile) {
        List<Peer> called = new ArrayList<>();
        for (Peer peer; (peer = roll.next()) != null;) {
            called.add(peer);
            meanwhile.accept(peer);
        }
        return called;
    }

    private List<Peer> join(int many) {
        return IntStream.range(0, many).mapToObj(_ -> join()).toList();
    }

    private Peer join() {
        Peer peer = new Peer(connections, null, false);
        roll.add(peer);
        return peer;
    }
}
