# Sourced by ./emu, .ci/format and .ci/run: finds a JDK of version 25 or later without starting one.

jdk_wanted=25

# Prints the major version of the JDK in folder $1; fails if that is no JDK. Version strings are 1.8.0_392, 25, 25.0.3.
jdk_major() {
    local line
    [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
    while read -r line; do
        if [[ $line == JAVA_VERSION=* ]]; then
            line=${line#JAVA_VERSION=}
            line=${line//\"/}
            line=${line#1.}
            jdk_found_major=${line%%[!0-9]*}
            [[ -n $jdk_found_major ]]
            return
        fi
    done < "$1/release"
    return 1
}

# Sets jdk to the folder of a JDK >= 25: JAVA_HOME, then the machine's JVM folders (the lowest version that will do),
# then the one that PATH leads to. Fails, and leaves jdk empty, if there is none.
find_jdk() {
    local folder best=
    jdk=
    if [[ -n ${JAVA_HOME-} ]] && jdk_major "$JAVA_HOME" && ((jdk_found_major >= jdk_wanted)); then
        jdk=$JAVA_HOME
        return
    fi
    for folder in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        if jdk_major "$folder" && ((jdk_found_major >= jdk_wanted)) && [[ -z $best || $jdk_found_major -lt $best ]]; then
            jdk=$folder
            best=$jdk_found_major
        fi
    done
    [[ -z $jdk ]] || return 0
    folder=$(readlink -f "$(type -P javac)" 2> /dev/null) || return 1
    folder=${folder%/bin/javac}
    if jdk_major "$folder" && ((jdk_found_major >= jdk_wanted)); then
        jdk=$folder
        return
    fi
    return 1
}
