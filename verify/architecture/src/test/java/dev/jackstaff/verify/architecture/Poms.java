package dev.jackstaff.verify.architecture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// What the build files say.
final class Poms {
    private static final List<String> WHAT_A_BUILD_BRINGS_IN = List.of("dependency", "plugin", "path");

    private Poms() {}

    /// The modules of the build, by folder.
    static List<String> modules() throws IOException {
        List<String> modules = new ArrayList<>();
        for (Element module : elements(parse("pom.xml"), "module")) modules.add(module.getTextContent().strip());
        return modules;
    }

    /// Every foreign dependency, plugin and annotation processor as `group:artifact`.
    static SortedSet<String> dependencies() throws IOException {
        SortedSet<String> dependencies = new TreeSet<>();
        List<String> poms = new ArrayList<>(List.of("pom.xml"));
        for (String module : modules()) poms.add(module + "/pom.xml");
        for (String pom : poms) {
            Document document = parse(pom);
            for (String kind : WHAT_A_BUILD_BRINGS_IN)
                for (Element element : elements(document, kind)) {
                    String group = text(element, "groupId");
                    if (!group.equals(Product.ROOT)) dependencies.add(group + ":" + text(element, "artifactId"));
                }
        }
        return dependencies;
    }

    private static Document parse(String pom) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(Repository.ROOT.resolve(pom).toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(pom + " is no XML: " + e.getMessage(), e);
        }
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) elements.add((Element) nodes.item(i));
        return elements;
    }

    private static String text(Element element, String child) {
        return element.getElementsByTagName(child).item(0).getTextContent().strip();
    }
}
