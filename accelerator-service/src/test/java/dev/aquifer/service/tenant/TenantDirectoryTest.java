package dev.aquifer.service.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TenantDirectoryTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        Path file = folder.resolve("tenants");
        Files.writeString(file, text);
        return file;
    }

    @Test
    void settingsAreRead() throws IOException {
        TenantDirectory tenants = TenantDirectory.of(file("""
                # a comment

                one ads weight=4 fragments=16 memory=2g cache=60%
                  two   lab\t cache=5%   # small
                three ads"""));
        assertEquals(new Tenant("ads", 4, 16, 2L << 30, 60, Locations.EVERYWHERE), tenants.authenticate("one"));
        assertEquals(tenants.authenticate("one"), tenants.authenticate("three"));
        assertEquals(
                new Tenant("lab", 1, Integer.MAX_VALUE, Long.MAX_VALUE, 5, Locations.EVERYWHERE),
                tenants.authenticate("two"));
        for (String token : new String[] {null, "", "four", "One", "one "}) {
            AquiferException error = assertThrows(AquiferException.class, () -> tenants.authenticate(token));
            assertEquals(ErrorCode.UNAUTHENTICATED, error.code());
        }
    }

    @Test
    void locationsAreReadWholly() throws IOException {
        TenantDirectory tenants =
                TenantDirectory.of(file("one ads allow=s3://lake/ads allow=/mnt/ads#1 #allow=/\ntwo lab\n"));
        Locations ads = tenants.authenticate("one").locations();
        assertEquals(Locations.of(List.of("s3://lake/ads", "/mnt/ads#1")), ads);
        assertTrue(ads.cover("file:///mnt/ads#1/t.parquet"));
        assertFalse(ads.cover("file:///mnt/ads/t.parquet"), "the comment's sign is part of the folder's name");
        assertEquals(Locations.EVERYWHERE, tenants.authenticate("two").locations());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "token-alone",
                "t name/with/slashes",
                "t a weight=0",
                "t a weight=1001",
                "t a weight=x",
                "t a weight",
                "t a weight=1 weight=2",
                "t a allow=",
                "t a allow=relative",
                "t a allow=s3:///x",
                "t a allow=/x#y/../*",
                "t a memory=0",
                "t a memory=12q",
                "t a memory=99999999999t",
                "t a cache=50",
                "t a cache=0%",
                "t a cache=101%",
                "t a fragments=-1",
                "t a colour=red",
                "t a\nt b",
                "t a\nu a weight=2"
            })
    void whatIsWrongIsToldWithItsLine(String text) throws IOException {
        Path file = file(text);
        AquiferException error = assertThrows(AquiferException.class, () -> TenantDirectory.of(file));
        assertEquals(ErrorCode.USAGE, error.code());
        assertTrue(String.valueOf(error.getMessage()).contains("tenants"), error.getMessage());
    }

    @Test
    void aChangedFileIsReadAgainAndABadOneIsNot() throws IOException {
        Path file = file("one a");
        TenantDirectory tenants = TenantDirectory.of(file, 0);
        assertEquals("a", tenants.authenticate("one").name());
        Files.writeString(file, "two bb");
        assertEquals("bb", tenants.authenticate("two").name());
        assertThrows(AquiferException.class, () -> tenants.authenticate("one"));
        Files.writeString(file, "three c weight=none");
        assertEquals("bb", tenants.authenticate("two").name());
        Files.delete(file);
        assertEquals("bb", tenants.authenticate("two").name());
        Files.writeString(file, "three ccc weight=2");
        assertEquals(2, tenants.authenticate("three").weight());
    }

    @Test
    void withoutAFileEverybodyIsTheDefault() {
        assertEquals(Tenant.DEFAULT, TenantDirectory.open().authenticate(null));
        assertEquals(Tenant.DEFAULT, TenantDirectory.open().authenticate("any"));
    }
}
