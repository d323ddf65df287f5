package dev.aquifer.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.DescriptorProtos.DescriptorProto.ReservedRange;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.aquifer.protocol.proto.AcceleratorOuterClass;
import dev.aquifer.protocol.proto.Substrait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Numbers are what old and new peers agree on. The list beside this test has all of them: a new field adds a line, and a
 * field that goes becomes {@code reserved}; no line ever gets another number.
 */
final class FieldNumbersTest {
    @Test
    void numbersStayWhatTheyAre() throws IOException {
        StringBuilder numbers = new StringBuilder();
        for (FileDescriptor file :
                new FileDescriptor[] {AcceleratorOuterClass.getDescriptor(), Substrait.getDescriptor()}) {
            file.getMessageTypes().forEach(message -> list(message, numbers));
            file.getEnumTypes().forEach(type -> list(type, numbers));
            file.getServices().forEach(service -> list(service, numbers));
        }
        try (InputStream in = Objects.requireNonNull(FieldNumbersTest.class.getResourceAsStream("field-numbers.txt"))) {
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), numbers.toString());
        }
    }

    private static void list(Descriptor message, StringBuilder out) {
        for (FieldDescriptor field : message.getFields()) {
            String type = field.isRepeated()
                    ? "repeated " + field.getType()
                    : field.getType().toString();
            out.append(field.getFullName() + " = " + field.getNumber() + " " + type + "\n");
        }
        for (ReservedRange range : message.toProto().getReservedRangeList()) {
            out.append(message.getFullName() + " reserved " + range.getStart() + " to " + (range.getEnd() - 1) + "\n");
        }
        message.getNestedTypes().forEach(nested -> list(nested, out));
        message.getEnumTypes().forEach(nested -> list(nested, out));
    }

    private static void list(EnumDescriptor type, StringBuilder out) {
        for (EnumValueDescriptor value : type.getValues()) {
            out.append(value.getFullName() + " = " + value.getNumber() + "\n");
        }
    }

    private static void list(ServiceDescriptor service, StringBuilder out) {
        service.getMethods()
                .forEach(method -> out.append(
                        method.getFullName() + "(" + method.getInputType().getFullName() + "): "
                                + method.getOutputType().getFullName() + "\n"));
    }
}
