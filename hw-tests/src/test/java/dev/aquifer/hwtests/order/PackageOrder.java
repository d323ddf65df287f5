package dev.aquifer.hwtests.order;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of packages in each module, as the tables of ARCHITECTURE.md state it: a heading {@code ### module
 * (`dev.aquifer.word`)}, then a table with a package's name, relative to the module's, in each row's first cell.
 *
 * @param modules the module's package to its packages, each relative to it, in the order of the table
 */
record PackageOrder(Map<String, List<String>> modules) {

    /** What a table calls the module's package itself. */
    static final String ROOT = "(root)";

    private static final Pattern HEADING = Pattern.compile("### \\S+ \\(`(dev\\.aquifer\\.\\w+)`\\)");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.*");

    /**
     * Reads the tables.
     *
     * @throws IllegalArgumentException where a module or a package is listed twice, or a module lists no package
     */
    static PackageOrder parse(List<String> lines) {
        Map<String, List<String>> modules = new LinkedHashMap<>();
        List<String> packages = null;
        for (String line : lines) {
            Matcher heading = HEADING.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                packages = new ArrayList<>();
                if (modules.put(heading.group(1), packages) != null) {
                    throw new IllegalArgumentException("two tables for " + heading.group(1));
                }
            } else if (line.startsWith("#")) {
                packages = null;
            } else if (packages != null && row.matches()) {
                if (packages.contains(row.group(1))) {
                    throw new IllegalArgumentException("package listed twice: " + row.group(1) + ": " + line);
                }
                packages.add(row.group(1));
            }
        }
        modules.forEach((module, listed) -> {
            if (listed.isEmpty()) {
                throw new IllegalArgumentException("no package in the table of " + module);
            }
        });
        return new PackageOrder(modules);
    }

    /** What in {@code classes} breaks the order, a line each, without doubles; empty where all is well. */
    List<String> violations(Iterable<JavaClass> classes) {
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass origin : classes) {
            if (origin.getSimpleName().equals("package-info")) {
                continue;
            }
            String module = moduleOf(origin);
            List<String> order = modules.get(module);
            if (order == null) {
                found.add("ARCHITECTURE.md has no table for module package " + module + " (class " + origin.getName()
                        + ")");
                continue;
            }
            int place = order.indexOf(relative(module, origin));
            if (place < 0) {
                found.add("package " + origin.getPackageName() + " is not in the table of " + module
                        + " in ARCHITECTURE.md: add `" + relative(module, origin)
                        + "` below the packages that it imports");
                continue;
            }
            for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().equals(origin.getPackageName())
                        || !(target.getPackageName() + ".").startsWith(module + ".")) {
                    continue;
                }
                // A target that is not in the table is reported where it is an origin.
                if (order.indexOf(relative(module, target)) > place) {
                    found.add(origin.getName() + " uses " + target.getName() + ", but `" + relative(module, target)
                            + "` stands below `" + relative(module, origin) + "` in the table of " + module
                            + " in ARCHITECTURE.md");
                }
            }
        }
        return List.copyOf(found);
    }

    /** The first three words of the package: dev.aquifer.spi of dev.aquifer.spi.block. */
    private static String moduleOf(JavaClass type) {
        String[] words = type.getPackageName().split("\\.", -1);
        return words.length < 3 ? type.getPackageName() : words[0] + "." + words[1] + "." + words[2];
    }

    private static String relative(String module, JavaClass type) {
        String name = type.getPackageName();
        return name.equals(module) ? ROOT : name.substring(module.length() + 1);
    }
}
