# Finds a JDK. Sourced by ./aquifer and ./check: POSIX sh, no output unless something is wrong.

# The major version of the JDK in folder $1, from its release file: starting each java to ask it would take longer.
jdk_major() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r jdk_line; do
        case $jdk_line in
        JAVA_VERSION=*)
            jdk_line=${jdk_line#JAVA_VERSION=}
            jdk_line=${jdk_line#\"}
            jdk_line=${jdk_line%%[!0-9]*}
            [ -n "$jdk_line" ] && echo "$jdk_line" && return 0
            ;;
        esac
    done <"$1/release"
    return 1
}

jdk_is_new_enough() {
    jdk_found=$(jdk_major "$1") && [ "$jdk_found" -ge "$jdk_wanted" ]
}

# The path $1 with its symbolic links followed; not every readlink knows -f.
follow_links() {
    link_path=$1
    while [ -L "$link_path" ]; do
        link_target=$(readlink "$link_path")
        case $link_target in
        /*) link_path=$link_target ;;
        *) link_path=$(dirname "$link_path")/$link_target ;;
        esac
    done
    (cd -P "$(dirname "$link_path")" && printf '%s/%s\n' "$PWD" "$(basename "$link_path")")
}

# Sets and exports JAVA_HOME to a JDK of version $1 or newer: the one that JAVA_HOME names, else the one on the PATH, else
# one from the usual folders. Says what is missing and returns 1 where there is none.
find_jdk() {
    jdk_wanted=$1
    if [ -n "${JAVA_HOME:-}" ] && jdk_is_new_enough "$JAVA_HOME"; then
        export JAVA_HOME
        return 0
    fi
    jdk_java=$(command -v java 2>/dev/null) || jdk_java=
    if [ -n "$jdk_java" ]; then
        jdk_home=$(dirname "$(dirname "$(follow_links "$jdk_java")")")
        if jdk_is_new_enough "$jdk_home"; then
            JAVA_HOME=$jdk_home
            export JAVA_HOME
            return 0
        fi
    fi
    if [ -x /usr/libexec/java_home ]; then
        jdk_home=$(/usr/libexec/java_home -v "$jdk_wanted+" 2>/dev/null) || jdk_home=
        if [ -n "$jdk_home" ] && jdk_is_new_enough "$jdk_home"; then
            JAVA_HOME=$jdk_home
            export JAVA_HOME
            return 0
        fi
    fi
    for jdk_home in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if jdk_is_new_enough "$jdk_home"; then
            JAVA_HOME=$jdk_home
            export JAVA_HOME
            return 0
        fi
    done
    {
        echo "aquifer: no JDK $jdk_wanted or newer was found."
        if [ -n "${JAVA_HOME:-}" ]; then
            if jdk_found=$(jdk_major "$JAVA_HOME"); then
                echo "  JAVA_HOME is $JAVA_HOME, a JDK $jdk_found."
            else
                echo "  JAVA_HOME is $JAVA_HOME, which is not a JDK (no bin/javac or no release file)."
            fi
        fi
        [ -z "$jdk_java" ] || echo "  The java on the PATH is $(follow_links "$jdk_java")."
        echo "  Also looked into /usr/lib/jvm, /usr/java, /opt, ~/.sdkman/candidates/java, ~/.jdks and /Library/Java."
        echo "  Install a JDK $jdk_wanted (https://adoptium.net) or set JAVA_HOME to one."
    } >&2
    return 1
}

# Checks that the mvn on the PATH is 3.8 or newer; says so and returns 1 where it is not. Call find_jdk first.
find_maven() {
    if ! command -v mvn >/dev/null 2>&1; then
        echo "aquifer: no mvn on the PATH. Aquifer builds with Maven 3.8 or newer: https://maven.apache.org/install.html" >&2
        return 1
    fi
    # Maven's own libraries use what newer JDKs warn of; the warnings are no news to whoever builds Aquifer.
    MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow${MAVEN_OPTS:+ $MAVEN_OPTS}"
    export MAVEN_OPTS
    maven_version=$(mvn -v 2>/dev/null | sed -n 's/^[^A]*Apache Maven \([0-9][0-9.]*\).*/\1/p') || maven_version=
    maven_major=${maven_version%%.*}
    maven_minor=${maven_version#*.}
    maven_minor=${maven_minor%%.*}
    if [ -z "$maven_version" ]; then
        echo "aquifer: the mvn on the PATH ($(command -v mvn)) does not run: 'mvn -v' gave no version." >&2
        return 1
    fi
    if [ "$maven_major" -lt 3 ] || { [ "$maven_major" -eq 3 ] && [ "$maven_minor" -lt 8 ]; }; then
        echo "aquifer: the mvn on the PATH ($(command -v mvn)) is $maven_version, and Aquifer builds with 3.8 or newer." >&2
        return 1
    fi
}
