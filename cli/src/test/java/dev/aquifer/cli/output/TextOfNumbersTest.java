package dev.aquifer.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextOfNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "917,917 B",
        "999,999 B",
        "1000,0.98 KiB",
        "1536,1.50 KiB",
        "10240,10.0 KiB",
        "1048576,1.00 MiB",
        "1073741823,1.00 GiB",
        "5368709120,5.00 GiB",
        "9223372036854775807,8192 PiB"
    })
    void sizes(long bytes, String text) {
        assertEquals(text, ByteSize.text(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "4096,4096",
        "1k,1024",
        "512m,536870912",
        "2G,2147483648",
        "2GiB,2147483648",
        "1 t,-1",
        "7b,7",
        "8191p,-1",
        "99999999999t,-1",
        "-1,-1",
        "1.5g,-1",
        "x,-1"
    })
    void sizesAreRead(String text, long bytes) {
        if (bytes >= 0) {
            assertEquals(bytes, ByteSize.parse(text));
        } else {
            assertEquals(
                    ErrorCode.USAGE,
                    assertThrows(AquiferException.class, () -> ByteSize.parse(text))
                            .code());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "m"})
    void noSizes(String text) {
        assertThrows(AquiferException.class, () -> ByteSize.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0.0 ms",
        "3249,3.2 ms",
        "9994,10.0 ms",
        "148000,148 ms",
        "1940000,1.94 s",
        "59990000,60.0 s",
        "125000000,2 min 5 s"
    })
    void durations(long micros, String text) {
        assertEquals(text, Durations.text(Duration.ofNanos(micros * 1000)));
    }
}
