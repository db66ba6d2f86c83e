package dev.jackstaff.relay;

import dev.jackstaff.relay.admin.Refreshable;
import dev.jackstaff.relay.auth.Access;
import dev.jackstaff.relay.auth.Quotas;
import dev.jackstaff.relay.config.FlagSetConfig;
import dev.jackstaff.relay.config.KeyDigest;
import dev.jackstaff.relay.config.RelayConfig;
import dev.jackstaff.relay.config.RequestRate;
import dev.jackstaff.relay.stream.RefetchTopic;
import dev.jackstaff.runtime.ChangeListener;
import dev.jackstaff.runtime.ExporterHealth;
import dev.jackstaff.runtime.FlagSetStatus;
import dev.jackstaff.runtime.Refresh;
import dev.jackstaff.runtime.Resources;
import dev.jackstaff.spi.InvalidSettingsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The flag sets that are served and the keys that open them: one table that is replaced as a whole. Readers take no lock
/// and see the table before a change or the one after it.
final class FlagSets implements Refreshable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlagSets.class);

    /// @param flagSets in the order of the configuration
    private record Table(List<LiveFlagSet> flagSets, RelayConfig config, Quotas quotas, Access access) {

        /// What there is before flags are loaded: nobody gets any.
        static Table empty(RelayConfig config) {
            return new Table(List.of(), config, Quotas.NONE, Access.byKey(Map.of(), config.keys()));
        }

        /// @param before how much could be asked before
        static Table of(List<LiveFlagSet> flagSets, RelayConfig config, Quotas before) {
            Map<LiveFlagSet, Set<KeyDigest>> keys = new LinkedHashMap<>();
            for (int i = 0; i < flagSets.size(); i++)
                keys.put(flagSets.get(i), config.servesByKey()
                        ? config.flagSets().get(i).keys()
                        : config.keys().evaluation());
            Access access = config.servesByKey()
                    ? Access.byKey(keys, config.keys())
                    : Access.toOne(flagSets.getFirst(), config.keys());
            Quotas quotas = before.next(rates(config));
            return new Table(flagSets, config, quotas, access.withPasses(passes(keys)).within(quotas));
        }

        /// An admin key opens evaluation, too; what it has no flag set for costs nothing.
        private static Map<KeyDigest, RequestRate> rates(RelayConfig config) {
            Map<KeyDigest, RequestRate> rates = new HashMap<>();
            for (FlagSetConfig flagSet : config.flagSets()) {
                RequestRate rate = flagSet.rate();
                if (rate == null) continue;
                Set<KeyDigest> keys = new HashSet<>(flagSet.keys());
                if (!config.servesByKey()) {
                    keys.addAll(config.keys().evaluation());
                    keys.addAll(config.keys().admin());
                }
                keys.forEach(key -> rates.put(key, rate));
            }
            return rates;
        }

        /// Of the flag sets that need one, told to those that tell it to their callers.
        private static Map<LiveFlagSet, String> passes(Map<LiveFlagSet, Set<KeyDigest>> keys) {
            Map<LiveFlagSet, String> passes = new LinkedHashMap<>();
            keys.forEach((flagSet, own) -> {
                RefetchTopic refetches = flagSet.refetches();
                if (refetches == null || own.isEmpty()) return;
                String pass = KeyDigest.derived("streams of " + flagSet.name(), own);
                passes.put(flagSet, pass);
                refetches.opensWith(pass);
            });
            return passes;
        }

        @Nullable
        LiveFlagSet named(String name) {
            return flagSets.stream().filter(flagSet -> flagSet.name().equals(name)).findFirst().orElse(null);
        }
    }

    private final Resources resources;
    private final ChangeListener changes;
    private volatile List<CompletableFuture<LiveFlagSet>> loading; // those nobody serves yet; writer: await
    private volatile Table table; // writers: await, once, then reload, of which one runs at a time

    private FlagSets(RelayConfig config, List<CompletableFuture<LiveFlagSet>> loading, Resources resources,
            ChangeListener changes) {
        table = Table.empty(config);
        this.loading = List.copyOf(loading);
        this.resources = resources;
        this.changes = changes;
    }

    /// Begins to load all flag sets at the same time. None is served before [#await].
    ///
    /// @param changes hears of all flags that change, those of the first load included unless that shall be quiet
    /// @throws StartException when a retriever or an exporter cannot be made
    static FlagSets begin(RelayConfig config, Resources resources, ChangeListener changes) throws StartException {
        try {
            return new FlagSets(
                    config,
                    LiveFlagSet.beginAll(config.flagSets(), LiveFlagSet.Extras.of(config), resources, changes),
                    resources,
                    changes);
        } catch (InvalidSettingsException e) {
            throw new StartException(String.join("\n", e.problems()), List.of());
        }
    }

    /// Waits until all are loaded, which takes as long as the slowest retriever. They are served from then on.
    ///
    /// @throws StartException when none can serve anything. Where several are served, one that cannot is logged and goes on
    ///         trying
    void await() throws StartException {
        List<LiveFlagSet> loaded = joined(loading);
        if (loaded.stream().noneMatch(LiveFlagSet::isReady))
            throw new StartException(
                    "the flags cannot be loaded: no usable document",
                    loaded.stream().flatMap(flagSet -> flagSet.errors().stream()).toList());
        tellNotReady(loaded);
        table = Table.of(loaded, table.config(), Quotas.NONE);
        loading = List.of();
    }

    /// From here on flags that change are logged, those of the start first. To be called once, after [#await].
    void logChanges() {
        table.flagSets().forEach(LiveFlagSet::logChanges);
    }

    private static List<LiveFlagSet> joined(List<CompletableFuture<LiveFlagSet>> flagSets) {
        return flagSets.stream().map(CompletableFuture::join).toList();
    }

    /// What each key opens now.
    Access access() {
        return table.access();
    }

    List<FlagSetStatus> status() {
        return table.flagSets().stream().map(LiveFlagSet::status).toList();
    }

    @Override
    public List<CompletableFuture<Refresh>> refresh(String flagSet) {
        LiveFlagSet named = table.named(flagSet);
        return named == null ? List.of() : List.of(named.refresh());
    }

    /// Flag sets that are not served yet are refreshed, too, and not told of: their trouble is known, and would hide whether
    /// the others are fresh.
    @Override
    public List<CompletableFuture<Refresh>> refreshAll() {
        List<CompletableFuture<Refresh>> all = new ArrayList<>(), served = new ArrayList<>();
        for (LiveFlagSet flagSet : table.flagSets()) {
            boolean ready = flagSet.isReady();
            CompletableFuture<Refresh> refresh = flagSet.refresh();
            all.add(refresh);
            if (ready) served.add(refresh);
        }
        return served.isEmpty() ? all : served;
    }

    /// Serves by another configuration from here on: starts what is new or different, replaces the table, and closes what
    /// is gone. For one thread at a time. Takes as long as the slowest new retriever; requests do not wait for it.
    ///
    /// A flag set whose new configuration has no usable document keeps its old one.
    ///
    /// @return whether it is worth trying again
    boolean reload(RelayConfig next) {
        Table before = table;
        String refusal = refusal(before.config(), next);
        if (refusal != null) {
            LOG.error("configuration not reloaded: {}", refusal);
            return false;
        }
        List<FlagSetConfig> different =
                next.flagSets().stream().filter(flagSet -> !isServed(flagSet, before)).toList();
        Map<String, LiveFlagSet> started;
        try {
            started = joined(
                    LiveFlagSet.beginAll(different, LiveFlagSet.Extras.of(before.config()), resources, changes))
                    .stream()
                    .collect(Collectors.toMap(LiveFlagSet::name, Function.identity()));
        } catch (InvalidSettingsException e) {
            LOG.error("configuration not reloaded: {}", String.join("; ", e.problems()));
            return false;
        }
        List<LiveFlagSet> unusable = started.values()
                .stream()
                .filter(flagSet -> !flagSet.isReady() && before.named(flagSet.name()) != null)
                .toList();
        unusable.forEach(flagSet -> started.remove(flagSet.name()));
        List<LiveFlagSet> after = new ArrayList<>();
        for (FlagSetConfig flagSet : next.flagSets()) {
            LiveFlagSet fresh = started.get(flagSet.name());
            after.add(fresh == null ? before.named(flagSet.name()) : fresh);
        }
        table = Table.of(after, next, before.quotas());
        started.values().forEach(LiveFlagSet::logChanges);
        before.flagSets().stream().filter(flagSet -> !after.contains(flagSet)).forEach(LiveFlagSet::close);
        tellUnusable(unusable);
        unusable.forEach(LiveFlagSet::close);
        tellNotReady(List.copyOf(started.values()));
        tellReload(before, after);
        return !unusable.isEmpty();
    }

    /// Why a configuration cannot follow another without a restart; null when it can.
    private static @Nullable String refusal(RelayConfig before, RelayConfig next) {
        if (next.servesByKey() != before.servesByKey())
            return "from one flag set to several or back needs a restart";
        boolean opens = !before.isOpen() && next.isOpen();
        return opens
                ? "it has no evaluation keys any more, so everybody could read the flags;"
                        + " restart the relay if that is meant"
                : null;
    }

    private static boolean isServed(FlagSetConfig flagSet, Table table) {
        LiveFlagSet served = table.named(flagSet.name());
        return served != null && served.config().servesLike(flagSet);
    }

    private static void tellNotReady(List<LiveFlagSet> flagSets) {
        for (LiveFlagSet flagSet : flagSets)
            if (!flagSet.isReady())
                LOG.atError()
                        .addKeyValue("flagSet", flagSet.name())
                        .log("flag set is not served until its flags can be loaded");
    }

    private static void tellUnusable(List<LiveFlagSet> flagSets) {
        for (LiveFlagSet flagSet : flagSets)
            LOG.atError()
                    .addKeyValue("flagSet", flagSet.name())
                    .addKeyValue("problems", flagSet.errors())
                    .log("flag set keeps its old configuration: the new one has no usable document");
    }

    private static void tellReload(Table before, List<LiveFlagSet> after) {
        LOG.atInfo()
                .addKeyValue("added", names(after, flagSet -> before.named(flagSet.name()) == null))
                .addKeyValue("removed", names(before.flagSets(), flagSet -> !hasName(after, flagSet.name())))
                .addKeyValue("modified", names(after, flagSet -> {
                    LiveFlagSet old = before.named(flagSet.name());
                    return old != null && old != flagSet;
                }))
                .log("configuration reloaded");
    }

    private static List<String> names(List<LiveFlagSet> flagSets, Predicate<LiveFlagSet> which) {
        return flagSets.stream().filter(which).map(LiveFlagSet::name).toList();
    }

    private static boolean hasName(List<LiveFlagSet> flagSets, String name) {
        return flagSets.stream().anyMatch(flagSet -> flagSet.name().equals(name));
    }

    /// How the exporters of each flag set do, by its name.
    Map<String, List<ExporterHealth>> exporters() {
        Map<String, List<ExporterHealth>> exporters = new LinkedHashMap<>();
        for (LiveFlagSet flagSet : table.flagSets()) exporters.put(flagSet.name(), flagSet.events().health());
        return exporters;
    }

    /// Waits until the events of all flag sets are delivered, and no longer than [LiveFlagSet#EXPORT_GRACE].
    @Override
    public void close() {
        List<LiveFlagSet> flagSets = new ArrayList<>(table.flagSets());
        flagSets.addAll(joined(loading));
        flagSets.forEach(LiveFlagSet::close);
        CompletableFuture.allOf(flagSets.stream().map(LiveFlagSet::delivered).toArray(CompletableFuture[]::new))
                .join();
    }
}
