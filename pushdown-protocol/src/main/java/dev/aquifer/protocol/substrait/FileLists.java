package dev.aquifer.protocol.substrait;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.aquifer.protocol.proto.PartitionColumn;
import dev.aquifer.protocol.proto.SliceDetail;
import dev.aquifer.protocol.proto.SliceDetails;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import io.substrait.proto.AdvancedExtension;
import io.substrait.proto.ReadRel.LocalFiles;
import io.substrait.proto.ReadRel.LocalFiles.FileOrFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * Slices and files as items of a Substrait read. What Substrait has no place for (version, row group, ordinal, partition
 * values) goes beside them as {@code aquifer.v1.SliceDetails}.
 */
final class FileLists {
    private FileLists() {}

    static LocalFiles write(FragmentRequest request) {
        LocalFiles.Builder out = LocalFiles.newBuilder();
        for (SourceFile file : request.files()) {
            out.addItems(item(file.uri(), file.start(), file.length()));
        }
        if (!request.files().isEmpty()) {
            return out.build();
        }
        SliceDetails.Builder details = SliceDetails.newBuilder();
        for (Slice slice : request.slices()) {
            out.addItems(item(slice.object().uri(), slice.start(), slice.length()));
            SliceDetail.Builder detail = SliceDetail.newBuilder()
                    .setVersion(slice.object().version())
                    .setSize(slice.object().size())
                    .setRowGroup(slice.rowGroup())
                    .setRows(slice.rows())
                    .setFirstOrdinal(slice.firstOrdinal());
            for (PartitionValue partition : slice.partitions()) {
                detail.addPartitions(PartitionColumn.newBuilder()
                        .setColumn(partition.column())
                        .setValue(PlanLiterals.write(partition.type(), partition.value())));
            }
            details.addSlices(detail);
        }
        return out.setAdvancedExtension(AdvancedExtension.newBuilder().setEnhancement(Any.pack(details.build())))
                .build();
    }

    private static FileOrFiles item(String uri, long start, long length) {
        return FileOrFiles.newBuilder()
                .setUriFile(uri)
                .setStart(start)
                .setLength(length)
                .setParquet(FileOrFiles.ParquetReadOptions.getDefaultInstance())
                .build();
    }

    /** @throws AquiferException INVALID_PLAN, or UNSUPPORTED for items that are not single Parquet files */
    static FileList read(LocalFiles files) {
        List<SourceFile> items = new ArrayList<>(files.getItemsCount());
        for (FileOrFiles item : files.getItemsList()) {
            items.add(item(item));
        }
        if (!files.getAdvancedExtension().hasEnhancement()) {
            return new FileList(List.of(), items);
        }
        Any enhancement = files.getAdvancedExtension().getEnhancement();
        if (!enhancement.is(SliceDetails.class)) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED, "the enhancement " + enhancement.getTypeUrl() + " is not known");
        }
        SliceDetails details;
        try {
            details = enhancement.unpack(SliceDetails.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AquiferException(ErrorCode.INVALID_PLAN, "the slice details do not parse: " + e.getMessage(), e);
        }
        if (details.getSlicesCount() != items.size()) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, details.getSlicesCount() + " slice details for " + items.size() + " files");
        }
        List<Slice> slices = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            slices.add(slice(items.get(i), details.getSlices(i)));
        }
        return new FileList(slices, List.of());
    }

    /** What a read is over: slices, or files, never both. */
    record FileList(List<Slice> slices, List<SourceFile> files) {}

    private static SourceFile item(FileOrFiles item) {
        String uri = switch (item.getPathTypeCase()) {
            case URI_FILE -> item.getUriFile();
            // A file or a folder; where it is a folder, the store says that there is no such object.
            case URI_PATH -> item.getUriPath();
            case URI_PATH_GLOB, URI_FOLDER ->
                throw new AquiferException(ErrorCode.UNSUPPORTED, "a node reads files, not " + item.getPathTypeCase());
            case PATHTYPE_NOT_SET -> throw new AquiferException(ErrorCode.INVALID_PLAN, "a file has no URI");
        };
        if (!uri.startsWith("s3://") && !uri.startsWith("file:///")) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, "'" + uri + "' is not of the form s3://BUCKET/KEY or file:///PATH");
        }
        if (item.getFileFormatCase() != FileOrFiles.FileFormatCase.PARQUET) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED,
                    "the format of '" + uri + "' is " + item.getFileFormatCase() + ": only Parquet is supported");
        }
        require(item.getStart() >= 0 && item.getLength() >= 0, uri, "its byte range is out of range");
        require(item.getStart() + item.getLength() >= 0, uri, "its byte range is out of range");
        return new SourceFile(uri, item.getStart(), item.getLength());
    }

    private static Slice slice(SourceFile file, SliceDetail detail) {
        String uri = file.uri();
        require(!detail.getVersion().isEmpty(), uri, "its version is empty");
        require(detail.getSize() >= 0, uri, "its size is " + detail.getSize());
        require(detail.getRowGroup() >= 0, uri, "its row group is " + detail.getRowGroup());
        require(detail.getRows() >= 0, uri, "its rows are " + detail.getRows());
        require(detail.getFirstOrdinal() >= 0, uri, "its first ordinal is " + detail.getFirstOrdinal());
        List<PartitionValue> partitions = new ArrayList<>(detail.getPartitionsCount());
        for (PartitionColumn partition : detail.getPartitionsList()) {
            require(!partition.getColumn().isEmpty(), uri, "a partition column has no name");
            Expr.Literal value = PlanLiterals.read(partition.getValue());
            partitions.add(new PartitionValue(partition.getColumn(), value.type(), value.value()));
        }
        return new Slice(
                new ObjectVersion(uri, detail.getVersion(), detail.getSize()),
                detail.getRowGroup(),
                file.start(),
                file.length(),
                detail.getRows(),
                detail.getFirstOrdinal(),
                partitions);
    }

    private static void require(boolean holds, String uri, String what) {
        if (!holds) {
            throw new AquiferException(ErrorCode.INVALID_PLAN, "a slice of '" + uri + "' is wrong: " + what);
        }
    }
}
