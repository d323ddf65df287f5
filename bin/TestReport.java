import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Counts what the tests' reports say, names what failed and what was skipped with the reason, and ends with the line
 * {@code N passed, N failed, N skipped}. Arguments: the repository's folder, the build's exit status. Exits with 1 where a
 * test failed, the build did, or nothing ran. Run by ./check as a source file.
 */
final class TestReport {
    private int passed;
    private final List<String> failed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    public static void main(String[] args) throws IOException, ParserConfigurationException, SAXException {
        Path root = Path.of(args[0]);
        int build = Integer.parseInt(args[1]);
        TestReport report = new TestReport();
        List<String> untested = new ArrayList<>();
        for (Path module : modules(root)) {
            List<Path> files = list(module.resolve("target/surefire-reports"), "TEST-", ".xml");
            for (Path file : files) {
                report.read(module.getFileName().toString(), file);
            }
            if (files.isEmpty() && Files.isDirectory(module.resolve("src/test/java"))) {
                untested.add(module.getFileName().toString());
            }
        }
        System.exit(report.print(build, untested) ? 0 : 1);
    }

    private static List<Path> modules(Path root) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(p -> Files.isRegularFile(p.resolve("pom.xml"))).sorted().toList();
        }
    }

    private static List<Path> list(Path folder, String prefix, String suffix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.getFileName().toString().startsWith(prefix)
                            && p.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private void read(String module, Path file) throws IOException, ParserConfigurationException, SAXException {
        // Surefire writes what a message has, and XML has no U+FFFE and U+FFFF.
        String report = Files.readString(file).replaceAll("[\uFFFE\uFFFF]", "\uFFFD");
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(report)))
                .getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            String name = module + ": " + test.getAttribute("classname") + "." + test.getAttribute("name");
            if (has(test, "failure")) {
                failed.add(name + ": " + reason(test, "failure"));
            } else if (has(test, "error")) {
                failed.add(name + ": " + reason(test, "error"));
            } else if (has(test, "skipped")) {
                skipped.add(name + ": " + reason(test, "skipped"));
            } else {
                passed++;
            }
        }
    }

    private static boolean has(Element test, String tag) {
        return test.getElementsByTagName(tag).getLength() > 0;
    }

    /** The first line of the message, or of the text where there is no message. */
    private static String reason(Element test, String tag) {
        Element element = (Element) test.getElementsByTagName(tag).item(0);
        String message = element.getAttribute("message");
        String text = message.isBlank() ? element.getTextContent() : message;
        return text.strip()
                .lines()
                .findFirst()
                .orElse("no reason given")
                .replaceFirst("^org\\.opentest4j\\.TestAbortedException: (Assumption failed: )?", "");
    }

    private boolean print(int build, List<String> untested) {
        System.out.println();
        print("Failed:", failed);
        print("Skipped:", skipped);
        print("No test ran in (left out by the arguments, or the build ended before them):", untested);
        if (build != 0) {
            System.out.println("The build failed (status " + build + "): the [ERROR] lines above, and all of it in target/check.log");
        }
        if (passed + failed.size() == 0) {
            System.out.println("No test ran.");
        }
        System.out.printf("%d passed, %d failed, %d skipped%n", passed, failed.size(), skipped.size());
        return build == 0 && failed.isEmpty() && passed > 0;
    }

    private static void print(String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            System.out.println(heading);
            lines.forEach(line -> System.out.println("  " + line));
            System.out.println();
        }
    }
}
