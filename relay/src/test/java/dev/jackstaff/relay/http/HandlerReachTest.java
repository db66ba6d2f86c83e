package dev.jackstaff.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerRequest;
import java.io.Closeable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// I4, I5: nothing that a handler is given or gives back leads to a connection, or can change. Walks from type to type along
/// fields and along what methods return.
class HandlerReachTest {
    private static final List<Class<?>> HANDLERS_SEE = List.of(
            Request.class, Decoded.class, AdminCall.class, StreamCall.class, Waiting.class, Slices.Slice.class,
            Response.class,
            StreamStart.class, Served.class);

    /// What a late handler could do damage with.
    private static final List<Class<?>> OWNERS = List.of(
            Exchange.class, Handover.class, Slot.class, Listener.class, ThreadLocal.class, Closeable.class,
            Thread.class);

    private static final String OURS = "dev.jackstaff.relay.";

    @Test
    void nothing_that_handlers_see_leads_to_a_connection_or_can_change() {
        assertThat(leaks(HANDLERS_SEE)).isEmpty();
    }

    /// Otherwise the test above proves nothing.
    @Test
    void a_way_to_the_connection_is_found_however_long_it_is() {
        record Inner(List<? extends Iterable<HttpServerRequest>> requests) {}
        record Outer(Map<String, Inner> inner) {}
        assertThat(leaks(List.of(Outer.class))).singleElement().asString().contains("HttpServerRequest");
    }

    @Test
    void what_can_change_is_found() {
        assertThat(leaks(List.of(Handover.class))).contains(Handover.class.getName() + ".takeTimerBack");
    }

    private static Set<String> leaks(List<Class<?>> roots) {
        Set<String> leaks = new LinkedHashSet<>();
        Set<Class<?>> seen = new HashSet<>(roots);
        Deque<Class<?>> left = new ArrayDeque<>(roots);
        while (!left.isEmpty()) {
            Class<?> type = left.removeFirst();
            for (Type next : neighbours(type, leaks))
                for (Class<?> found : classesIn(next)) {
                    if (isOwner(found)) leaks.add(type.getName() + " leads to " + found.getName());
                    else if (found.getName().startsWith(OURS) && seen.add(found)) left.add(found);
                }
        }
        return leaks;
    }

    private static List<Type> neighbours(Class<?> type, Set<String> leaks) {
        List<Type> next = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) continue;
            if (!Modifier.isFinal(field.getModifiers())) leaks.add(type.getName() + "." + field.getName());
            next.add(field.getGenericType());
        }
        for (Method method : type.getDeclaredMethods())
            if (!Modifier.isPrivate(method.getModifiers())) next.add(method.getGenericReturnType());
        if (type.isSealed()) next.addAll(List.of(type.getPermittedSubclasses()));
        return next;
    }

    private static boolean isOwner(Class<?> type) {
        boolean network = type.getName().startsWith("io.vertx.") || type.getName().startsWith("io.netty.");
        return (network && type != AsciiString.class)
                || OWNERS.stream().anyMatch(owner -> owner.isAssignableFrom(type));
    }

    /// Those that a type is made of: `Map<K, V[]>` is made of three.
    private static List<Class<?>> classesIn(Type type) {
        List<Class<?>> classes = new ArrayList<>();
        switch (type) {
            case Class<?> simple when simple.isArray() -> classes.addAll(classesIn(simple.getComponentType()));
            case Class<?> simple -> classes.add(simple);
            case GenericArrayType array -> classes.addAll(classesIn(array.getGenericComponentType()));
            case WildcardType wildcard -> addAll(wildcard.getUpperBounds(), classes);
            case ParameterizedType generic -> {
                classes.addAll(classesIn(generic.getRawType()));
                addAll(generic.getActualTypeArguments(), classes);
            }
            default -> {
            }
        }
        return classes;
    }

    private static void addAll(Type[] types, List<Class<?>> classes) {
        for (Type type : types) classes.addAll(classesIn(type));
    }
}
