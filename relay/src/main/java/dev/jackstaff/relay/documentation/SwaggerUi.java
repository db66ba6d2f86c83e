package dev.jackstaff.relay.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The files of Swagger UI, as WebJars packs them: in a folder that is called after their version.
record SwaggerUi(String folder) {
    private static final String RELEASE = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    static SwaggerUi installed() {
        Properties release = new Properties();
        try (InputStream in = open(RELEASE)) {
            release.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SwaggerUi("META-INF/resources/webjars/swagger-ui/" + release.getProperty("version") + "/");
    }

    byte[] read(String name) {
        try (InputStream in = open(folder + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) throws IOException {
        InputStream in = SwaggerUi.class.getClassLoader().getResourceAsStream(path);
        if (in == null) throw new IOException("org.webjars:swagger-ui is not on the class path: no " + path);
        return in;
    }
}
