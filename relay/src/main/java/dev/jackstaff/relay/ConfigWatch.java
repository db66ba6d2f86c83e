package dev.jackstaff.relay;

import dev.jackstaff.engine.document.Problem;
import dev.jackstaff.relay.config.ConfigReading;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.runtime.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the configuration again when one of its files has changed, and hands it over if it is good. A broken one is logged
/// once and changes nothing.
///
/// It looks at the files four times a second: mounted secrets and configuration maps are replaced by way of symbolic links,
/// on file systems that report no events. A file that is being written has to be still for one look before it is read.
final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final Duration DISTANCE = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(30);

    /// What tells one version of a file from another.
    private record Stamp(@Nullable Object file, @Nullable FileTime modified, long size) {
        private static final Stamp ABSENT = new Stamp(null, null, -1);

        static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
            } catch (IOException e) {
                return ABSENT;
            }
        }
    }

    private final RelayConfig first;
    private final Predicate<RelayConfig> apply;
    private final Resources resources;

    // Written by the look under way, of which there is one.
    private Set<Path> files;
    private Map<Path, Stamp> done;
    private Map<Path, Stamp> seen;
    private @Nullable Instant again;

    private volatile boolean closed; // writer: close
    private volatile @Nullable Runnable takeBack; // writer: the look under way

    private ConfigWatch(RelayConfig first, Predicate<RelayConfig> apply, Resources resources) {
        this.first = first;
        this.apply = apply;
        this.resources = resources;
        files = first.files();
        done = stamps(files);
        seen = done;
    }

    /// @param apply takes a good configuration, on a worker; tells whether it is worth handing over again later
    static ConfigWatch start(RelayConfig first, Predicate<RelayConfig> apply, Resources resources) {
        ConfigWatch watch = new ConfigWatch(first, apply, resources);
        if (!first.files().isEmpty()) watch.planNextLook();
        return watch;
    }

    private void planNextLook() {
        if (closed) return;
        takeBack = resources.timer().after(DISTANCE, () -> {
            try {
                resources.workers().execute(this::look);
            } catch (RejectedExecutionException e) {
                closed = true;
            }
        });
    }

    // The watch outlives whatever goes wrong with one configuration.
    @SuppressWarnings("CatchingUnchecked")
    private void look() {
        try {
            Map<Path, Stamp> now = stamps(files);
            boolean still = now.equals(seen);
            seen = now;
            if (still && isDue(now)) reload(now);
        } catch (Exception e) {
            LOG.atError().setCause(e).log("configuration not reloaded");
        } finally {
            planNextLook();
        }
    }

    private boolean isDue(Map<Path, Stamp> now) {
        return !now.equals(done) || (again != null && again.isBefore(resources.clock().instant()));
    }

    private void reload(Map<Path, Stamp> now) {
        done = now;
        again = null;
        ConfigReading reading = first.source().read();
        Set<Path> after = new LinkedHashSet<>(reading.files());
        if (reading instanceof ConfigReading.Invalid) after.addAll(files);
        files = after;
        done = stamps(files);
        now.forEach((file, stamp) -> done.replace(file, stamp));
        seen = done;
        switch (reading) {
            case ConfigReading.Invalid invalid -> {
                for (Problem problem : invalid.problems())
                    if (problem.isError()) LOG.error("configuration not reloaded: {}", problem);
            }
            case RelayConfig config -> {
                for (Problem problem : config.problems()) LOG.warn("configuration: {}", problem);
                if (apply.test(config)) again = resources.clock().instant().plus(RETRY);
            }
        }
    }

    private static Map<Path, Stamp> stamps(Set<Path> files) {
        Map<Path, Stamp> stamps = new HashMap<>();
        for (Path file : files) stamps.put(file, Stamp.of(file));
        return stamps;
    }

    @Override
    public void close() {
        closed = true;
        Runnable planned = takeBack;
        if (planned != null) planned.run();
    }
}
