package dev.aquifer.hwtests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** A package imports only packages listed above it in its module's table in ARCHITECTURE.md. */
class PackageOrderTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.aquifer");

    private static PackageOrder stated() throws IOException {
        return PackageOrder.parse(Files.readAllLines(Path.of(System.getProperty("aquifer.root"), "ARCHITECTURE.md")));
    }

    @Test
    void packagesImportOnlyPackagesAboveThem() throws IOException {
        assertEquals("", String.join("\n", stated().violations(CLASSES)));
    }

    @Test
    void everyModuleHasATable() throws IOException {
        TreeSet<String> sources = new TreeSet<>();
        try (var modules = Files.newDirectoryStream(Path.of(System.getProperty("aquifer.root")))) {
            for (Path module : modules) {
                Path words = module.resolve("src/main/java/dev/aquifer");
                if (Files.isDirectory(words)) {
                    try (var folders = Files.newDirectoryStream(words)) {
                        folders.forEach(folder -> sources.add("dev.aquifer." + folder.getFileName()));
                    }
                }
            }
        }
        TreeSet<String> missing = new TreeSet<>(sources);
        missing.removeAll(stated().modules().keySet());
        assertTrue(sources.contains("dev.aquifer.spi"), () -> "found only " + sources);
        assertEquals(List.of(), List.copyOf(missing), "modules without a table in ARCHITECTURE.md");
    }

    /** NullAway checks only what is marked; generated code is not. */
    @Test
    void everyPackageIsNullMarked() {
        TreeSet<String> unmarked = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (!type.getPackageName().equals("dev.aquifer.protocol.proto")
                    && !type.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(type.getPackageName());
            }
        }
        assertEquals(List.of(), List.copyOf(unmarked), "packages without a package-info.java that says @NullMarked");
    }

    @Test
    void anImportAgainstTheOrderIsFound() {
        PackageOrder wrong = new PackageOrder(Map.of("dev.aquifer.spi", List.of("type", "error")));
        List<String> found =
                wrong.violations(CLASSES.that(inPackages("dev.aquifer.spi.type", "dev.aquifer.spi.error")));
        assertTrue(
                found.stream()
                        .anyMatch(line -> line.contains("uses dev.aquifer.spi.error.")
                                && line.contains("`error` stands below `type`")),
                () -> "found " + found);
    }

    @Test
    void aPackageWithoutARowIsFound() {
        PackageOrder wrong = new PackageOrder(Map.of("dev.aquifer.spi", List.of("error")));
        List<String> found = wrong.violations(CLASSES.that(inPackages("dev.aquifer.spi.type")));
        assertEquals(1, found.size(), () -> "found " + found);
        assertTrue(found.getFirst().startsWith("package dev.aquifer.spi.type is not in the table of dev.aquifer.spi"));
    }

    @Test
    void aModuleWithoutATableIsFound() {
        List<String> found = new PackageOrder(Map.of()).violations(CLASSES.that(inPackages("dev.aquifer.spi.error")));
        assertTrue(found.getFirst().startsWith("ARCHITECTURE.md has no table for module package dev.aquifer.spi"));
    }

    @Test
    void aTableIsReadInItsOrder() {
        PackageOrder read = PackageOrder.parse(List.of(
                "### one (`dev.aquifer.one`)",
                "| package | what is in it |",
                "|---|---|",
                "| `b` | text with `code` |",
                "| `a.c` | x |",
                "## Decisions",
                "| `not` | a package |"));
        assertEquals(Map.of("dev.aquifer.one", List.of("b", "a.c")), read.modules());
    }

    @Test
    void aTableWithDoublesOrNoRowsIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> PackageOrder.parse(List.of("### one (`dev.aquifer.one`)", "| `a` | x |", "| `a` | y |")));
        assertThrows(IllegalArgumentException.class, () -> PackageOrder.parse(List.of("### one (`dev.aquifer.one`)")));
    }

    private static DescribedPredicate<JavaClass> inPackages(String... names) {
        return JavaClass.Predicates.resideInAnyPackage(names);
    }
}
