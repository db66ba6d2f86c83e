package dev.jackstaff.relay.http;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The command. Each check begins with what has the mistake, and fails when it does not find it.
public final class SlotCheck {
    private static final int ROUNDS = 30, SCHEDULES = 5_000;
    private static final int HANDOVER_ROUNDS = 6, HANDOVER_SCHEDULES = 1_000; // of which each has more steps

    private SlotCheck() {}

    /// @param arguments `races` and the milliseconds for each mode of the compiler, or `models`
    public static void main(String[] arguments) {
        List<String> findings = arguments[0].equals("races")
                ? races(Integer.parseInt(arguments[1]), new File("/dev/stdout"))
                : models();
        findings.forEach(System.err::println);
        if (!findings.isEmpty()) System.exit(1);
        System.out.println(arguments[0] + ": one verdict always, on Java " + Runtime.version());
    }

    /// jcstress, in processes of its own. It returns what is wrong.
    static List<String> races(int millis, File output) {
        if (areClean(PlantedRaces.class, millis, new File("/dev/null")))
            return List.of("jcstress has not found the mistake of " + PlantedRaces.class.getName());
        return areClean(SlotRaces.class, millis, output)
                ? List.of()
                : List.of("jcstress has found more than one verdict, or could not run");
    }

    private static boolean areClean(Class<?> races, int millis, File output) {
        try {
            Path reports = Files.createTempDirectory("jcstress-");
            Process process = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "org.openjdk.jcstress.Main",
                    "-t", races.getName() + "\\.", "-f", "1", "-fsm", "1", "-iters", "1",
                    "-time", Integer.toString(millis), "-sc", Boolean.toString(millis >= 1_000),
                    "-r", reports.toString())
                    .directory(reports.toFile())
                    .redirectOutput(output)
                    .redirectError(output)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> models() {
        if (passes(() -> SlotModels.inEverySchedule(SlotModels.Planted.class, ROUNDS, SCHEDULES)))
            return List.of("Lincheck has not found the mistake among the schedules of a data structure");
        if (passes(() -> SlotModels.ownerIsCalledOnce(() -> new LookThenWrite<String>()::offer, SCHEDULES)))
            return List.of("Lincheck has not found the mistake in threads; it does not on Java 25, run it on 17");
        if (passes(() -> SlotModels.inEverySchedule(HandoverModels.Planted.class, HANDOVER_ROUNDS, HANDOVER_SCHEDULES)))
            return List.of("Lincheck has not found the hand-over that runs what was taken back");
        if (passes(() -> HandoverModels.plantedInThreads(HANDOVER_SCHEDULES)))
            return List.of("Lincheck has not found the hand-over that runs in threads what was taken back");
        SlotModels.inEverySchedule(SlotModels.Real.class, ROUNDS, SCHEDULES);
        SlotModels.ownerIsCalledOnce(() -> new Slot<String>()::offer, SCHEDULES);
        SlotModels.inEverySchedule(HandoverModels.OfRelay.class, HANDOVER_ROUNDS, HANDOVER_SCHEDULES);
        HandoverModels.ofThreads(HANDOVER_SCHEDULES);
        return List.of();
    }

    private static boolean passes(Runnable check) {
        try {
            check.run();
            return true;
        } catch (AssertionError found) {
            return false;
        }
    }
}
