package dev.jackstaff.verify.stress;

import dev.jackstaff.relay.http.OwnAnswerServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `own-answer`: T5 and T9 over sockets, in rounds of all the ways to a server: 64 connections that send ahead, 1,000 that do
/// not, HTTP/2, one pooled connection behind a proxy, and connections that are reset.
final class OwnAnswerRun {
    private static final long CHUNK = 1_000_000;
    private static final int WAITING = 25, WAITING_IN_FRONT = 4, RESETS_IN_A_MILLION = 2_000;
    private static final Pattern SECURE = Pattern.compile("\"msg\":\"secure\",\"port\":(\\d+)");

    private final int port, secure;
    private final Optional<Front> front;
    private final @Nullable Path ledger;
    private final PrintStream out;
    private final List<String> findings = new ArrayList<>();
    private long effects, sum;
    private long seed = System.nanoTime();

    private OwnAnswerRun(ServerProcess server, Optional<Front> front, @Nullable Path ledger, PrintStream out) {
        this.front = front;
        this.ledger = ledger;
        this.out = out;
        port = server.port();
        Matcher line = SECURE.matcher(server.await(0, said -> SECURE.matcher(said).find()));
        if (!line.find()) throw new AssertionError("the line was found by the same pattern");
        secure = Integer.parseInt(line.group(1));
    }

    /// @param folder for files that can be thrown away
    /// @param ledger null for none
    /// @return what was found
    static List<String> run(Path folder, long count, @Nullable Path ledger, PrintStream out) throws IOException {
        try (ServerProcess server = ServerProcess.start(Optional.empty(), OwnAnswerServer.class, folder.toString())) {
            Optional<Front> front = Front.of(server.port(), folder);
            try {
                OwnAnswerRun run = new OwnAnswerRun(server, front, ledger, out);
                for (long left = count; left > 0 && run.findings.isEmpty(); left -= CHUNK)
                    run.round(Math.min(left, CHUNK));
                return run.findings;
            } finally {
                front.ifPresent(Front::close);
            }
        }
    }

    private void round(long requests) throws IOException {
        long tenth = requests / 10;
        forgetEffects();
        List<OwnAnswers.Outcome> direct = new ArrayList<>();
        direct.add(balanced(OwnAnswers.run(new OwnAnswers.Load(port, 4 * tenth, 64, 4, WAITING, 0), seed++)));
        direct.add(balanced(OwnAnswers.run(new OwnAnswers.Load(port, 3 * tenth, 1_000, 1, WAITING, 0), seed++)));
        note("sockets, HTTP/2", List.of(balanced(OwnAnswersHttp2.run(secure, tenth, WAITING, seed++))));
        if (front.isPresent())
            note("sockets, one pooled connection", List.of(balanced(OwnAnswers.run(
                    new OwnAnswers.Load(front.get().port(), tenth, 64, 1, WAITING_IN_FRONT, 0), seed++))));
        else
            out.println("not run through a pooled connection: this machine has no haproxy");
        direct.add(OwnAnswers.run(
                new OwnAnswers.Load(port, tenth, 64, 4, WAITING, RESETS_IN_A_MILLION), seed++));
        note("sockets, HTTP/1.1", direct);
    }

    private void note(String what, List<OwnAnswers.Outcome> outcomes) throws IOException {
        long answers = 0, own = 0, expired = 0, refused = 0;
        for (OwnAnswers.Outcome outcome : outcomes) {
            answers += outcome.answers();
            own += outcome.own();
            expired += outcome.expired();
            refused += outcome.refused();
            findings.addAll(outcome.findings());
        }
        String shares = String.format(Locale.ROOT, "own %.1f, expired %.1f, refused %.1f", 100.0 * own / answers,
                100.0 * expired / answers, 100.0 * refused / answers);
        out.printf(Locale.ROOT, "%s: %,d answers, %s, %s%n", what, answers, shares, findings);
        if (ledger != null) new Ledger(ledger).add(Ledger.Line.of(ledger, what, answers, shares, findings));
    }

    /// T9: effects are those of the answers, by number and by the sum of their ids.
    private OwnAnswers.Outcome balanced(OwnAnswers.Outcome outcome) throws IOException {
        long before = effects, sumBefore = sum;
        forgetEffects();
        if (effects - before != outcome.own() || sum - sumBefore != outcome.sum())
            findings.add((effects - before) + " effects of " + outcome.own() + " answers");
        return outcome;
    }

    private void forgetEffects() throws IOException {
        String answer;
        do
            answer = new String(Question.get(OwnAnswerServer.EFFECTS).answerOf(port), StandardCharsets.US_ASCII);
        while (!answer.startsWith("HTTP/1.1 200 ")); // it has a deadline, too
        String counts = answer.substring(answer.indexOf("\r\n\r\n")).strip();
        int space = counts.indexOf(' ');
        effects = Long.parseLong(counts.substring(0, space));
        sum = Long.parseLong(counts.substring(space + 1));
    }
}
