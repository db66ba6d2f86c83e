package dev.jackstaff.relay.documentation;

import dev.jackstaff.formats.json.Body;
import dev.jackstaff.relay.http.Response;
import dev.jackstaff.relay.http.Route;
import dev.jackstaff.relay.http.Route.PublicRoute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /openapi.json`, the API as OpenAPI 3.1, and below `/swagger/`, where the original has it, a page that shows it.
///
/// All of it is read once, when the routes are made: about 2 MB.
public final class DocumentationRoutes {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String PNG = "image/png";

    private DocumentationRoutes() {}

    /// @param version of the relay
    /// @param server  where clients find the relay, scheme and host; null for where they have found the page
    public static List<Route> of(String version, @Nullable String server) {
        Response document = Response.json(200, document(version, server == null ? "/" : server));
        SwaggerUi ui = SwaggerUi.installed();
        return List.of(
                route("/openapi.json", document),
                route("/swagger/doc.json", document),
                route("/swagger/", Response.moved("index.html")),
                route("/swagger/index.html", page(Own.read("index.html"), server)),
                route("/swagger/page.js", file(SCRIPT, Own.read("page.js"))),
                route("/swagger/swagger-ui-bundle.js", file(SCRIPT, ui.read("swagger-ui-bundle.js"))),
                route("/swagger/swagger-ui.css", file(CSS, ui.read("swagger-ui.css"))),
                route("/swagger/favicon-32x32.png", file(PNG, ui.read("favicon-32x32.png"))));
    }

    private static Route route(String template, Response answer) {
        return PublicRoute.page(template, answer);
    }

    private static Body document(String version, String server) {
        String text = new String(Own.read("openapi.json"), StandardCharsets.UTF_8)
                .replace("@version@", version)
                .replace("@server@", server);
        return Body.adopting(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Response file(String type, byte[] bytes) {
        return Response.of(type, Body.adopting(bytes)).with("x-content-type-options", "nosniff");
    }

    /// The page loads nothing from elsewhere, runs no script that is written into it, and is shown in no other page. Its
    /// style sheet has pictures written into it; its library sets styles at elements.
    private static Response page(byte[] html, @Nullable String server) {
        String asked = server == null ? "'self'" : "'self' " + server;
        return file(HTML, html)
                .with("content-security-policy",
                        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                                + " connect-src " + asked + "; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'")
                .with("referrer-policy", "no-referrer");
    }
}
