package dev.aquifer.cli.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why something could not be done with a file, for people: the JDK has the reason in the class, and the path once more. */
public final class FileTrouble {
    private FileTrouble() {}

    public static String reason(IOException error) {
        return switch (error) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileAlreadyExistsException inTheWay -> inTheWay.getFile() + " is there, and no folder";
            case FileSystemException other when other.getReason() != null -> String.valueOf(other.getReason());
            default -> error.getMessage() == null ? error.toString() : error.getMessage();
        };
    }
}
