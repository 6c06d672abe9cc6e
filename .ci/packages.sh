# Sourced by .ci/build.sh, .ci/doctor.sh and .ci/run: what the project needs of the machine, and the packages of it.
# Expects .ci/jdk.sh to be read.

# A line each: what is looked for, the package that has it. libc.a is a file of the compiler, the others are commands.
needed_packages="mvn maven
make make
gcc gcc
libc.a libc6-dev
dpkg-deb dpkg
flock util-linux"

have() {
    if [[ $1 == libc.a ]]; then
        local path
        type -P gcc > /dev/null && path=$(gcc -print-file-name=libc.a) && [[ $path == /* ]]
    else
        type -P "$1" > /dev/null
    fi
}

# How to install a package, as a command.
package_advice() {
    if type -P apt-get > /dev/null; then
        local sudo=
        [[ $(id -u) == 0 ]] || sudo="sudo "
        echo "install it by: ${sudo}apt-get install $1"
    else
        echo "install it by the package manager of this machine (Debian's package: $1)"
    fi
}

# The JDK package that this machine's archives have; empty if none.
jdk_package() {
    local package
    for package in openjdk-25-jdk-headless temurin-25-jdk; do
        if apt-cache show "$package" > /dev/null 2>&1; then
            echo "$package"
            return
        fi
    done
}

jdk_advice() {
    local package
    package=$(jdk_package)
    if [[ -n $package ]]; then
        package_advice "$package"
    else
        echo "unpack a JDK $jdk_wanted (Eclipse Temurin, for one) below /usr/lib/jvm, or let JAVA_HOME name it"
    fi
}

# The packages that are needed and not there, without the JDK.
missing_packages() {
    local command package
    while read -r command package; do
        have "$command" || echo "$package"
    done <<< "$needed_packages"
}

# As root on a machine with apt: installs what is missing and says so. Elsewhere it does nothing; the step that needs
# the thing then tells.
install_missing() {
    [[ $(id -u) == 0 ]] && type -P apt-get > /dev/null || return 0
    local packages package
    mapfile -t packages < <(missing_packages)
    local wants_jdk=no
    find_jdk || wants_jdk=yes
    ((${#packages[@]} > 0)) || [[ $wants_jdk == yes ]] || return 0
    echo "emu: missing: ${packages[*]}$([[ $wants_jdk == no ]] || echo " JDK $jdk_wanted"); asking apt for it" >&2
    local log=$root/.build/apt.log
    mkdir -p "$root/.build"
    apt-get -q update > "$log" 2>&1 < /dev/null || true
    if [[ $wants_jdk == yes ]]; then
        package=$(jdk_package)
        [[ -z $package ]] || packages+=("$package")
    fi
    ((${#packages[@]} > 0)) || return 0
    DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "${packages[@]}" >> "$log" 2>&1 \
        < /dev/null || {
        tail -n 5 "$log" >&2
        echo "emu: apt-get install ${packages[*]} failed" >&2
        return 1
    }
    echo "emu: installed ${packages[*]}" >&2
}
