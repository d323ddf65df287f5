package dev.aquifer.service.cache;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Address space from the system, in huge pages where it has them. Page by page a system takes from a quarter of a microsecond to twelve
 * for each 4 KiB that a process touches first, which in a virtual machine is half of what hydrating texts takes; a huge page is one
 * such fault for 2 MiB, and one entry of the processor's table of pages. Linux only: elsewhere blocks are allocated one by one.
 */
@SuppressWarnings("restricted")
final class SystemPages {
    /** Of a huge page. */
    static final long HUGE = 2L << 20;

    private static final int PROT_READ_WRITE = 3;
    /** MAP_PRIVATE, MAP_ANONYMOUS and MAP_NORESERVE: nothing is there, or counted, before it is touched. */
    private static final int MAP_FLAGS = 0x2 | 0x20 | 0x4000;

    private static final int MADV_HUGEPAGE = 14;

    /** Where the numbers above mean what they say. */
    private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");

    private static final AddressLayout ADDRESS = ValueLayout.ADDRESS;
    private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private static final @Nullable SystemPages KNOWN = find();

    private final MethodHandle mmap;
    private final MethodHandle munmap;
    private final MethodHandle madvise;

    private SystemPages(Linker linker) {
        mmap = function(linker, "mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, SIZE, INT, INT, INT, SIZE));
        munmap = function(linker, "munmap", FunctionDescriptor.of(INT, ADDRESS, SIZE));
        madvise = function(linker, "madvise", FunctionDescriptor.of(INT, ADDRESS, SIZE, INT));
    }

    private static MethodHandle function(Linker linker, String name, FunctionDescriptor descriptor) {
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    private static @Nullable SystemPages find() {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        return linux && PROCESSORS.contains(System.getProperty("os.arch"))
                ? new SystemPages(Linker.nativeLinker())
                : null;
    }

    /** Pages of this system, or null where they are not known. */
    static @Nullable SystemPages known() {
        return KNOWN;
    }

    /**
     * Address space, which takes memory as it is touched, until it is given to {@link #unmap}.
     *
     * @return null where the system gives none
     */
    @Nullable
    MemorySegment map(long bytes) {
        try {
            MemorySegment start =
                    (MemorySegment) mmap.invokeExact(MemorySegment.NULL, bytes, PROT_READ_WRITE, MAP_FLAGS, -1, 0L);
            if (start.address() == -1) {
                return null;
            }
            // Advice: where the system does not take it, its pages are small.
            int _ = (int) madvise.invokeExact(start, bytes, MADV_HUGEPAGE);
            return start.reinterpret(bytes);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("mmap cannot be called", e);
        }
    }

    /** Gives back what {@link #map} gave, all of it; nobody may read it from now on. */
    void unmap(MemorySegment mapped) {
        try {
            int failed = (int) munmap.invokeExact(mapped, mapped.byteSize());
            if (failed != 0) {
                throw new IllegalStateException("the system did not take back " + mapped);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("munmap cannot be called", e);
        }
    }
}
