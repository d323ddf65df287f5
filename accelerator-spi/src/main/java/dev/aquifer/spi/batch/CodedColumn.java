package dev.aquifer.spi.batch;

import dev.aquifer.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings as codes of a dictionary: row {@code i} is value {@code codes[i]} of it. What is known of the dictionary need
 * not be found out again for each row. (Numbers gain nothing: looking at all of them takes as long as looking at their codes.)
 *
 * @param codes at null rows unspecified
 */
public record CodedColumn(Dictionary dictionary, int size, int[] codes, long @Nullable [] validity)
        implements StripeColumn {
    @Override
    public DataType type() {
        return dictionary.values().type();
    }

    @Override
    public Column decoded() {
        BytesColumn values = dictionary.values();
        int[] offsets = new int[size + 1];
        for (int row = 0; row < size; row++) {
            offsets[row + 1] = Math.addExact(offsets[row], isNull(row) ? 0 : values.length(codes[row]));
        }
        byte[] data = new byte[offsets[size]];
        for (int row = 0; row < size; row++) {
            int length = offsets[row + 1] - offsets[row];
            if (length > 0) {
                System.arraycopy(values.data(), values.offsets()[codes[row]], data, offsets[row], length);
            }
        }
        return new BytesColumn(values.type(), size, data, offsets, validity);
    }
}
