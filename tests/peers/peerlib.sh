# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
#
# What the start scripts of all servers share. A script sources this file with its own arguments, which are
#
#     [--end-with-input] PACKAGES FOLDER
#
# PACKAGES is the folder that fetch-packages filled. FOLDER is made; it becomes the root folder of the servers that can
# live in one, so that they touch nothing else of this computer. Changing the root folder takes root: sudo is used when
# it does not ask for a password.
#
# Standard output has one line "listen ROLE PORT SECURITY" for each listener, then "ready". The script stays until it
# gets SIGTERM or SIGINT (with --end-with-input, also until its standard input ends, so that a killed test leaves no
# server behind), ends its servers and removes everything in FOLDER but mail, log and pki.
#
# Exit status: 0 ended as asked, 1 the servers did not start (FOLDER/log tells why), 77 not possible here (the reason is
# on standard output).
#
# In FOLDER, for every server:
#     mail/        what was delivered; each script tells how
#     log/         of all servers
#     pki/ca.pem   the authority behind all certificates but self-signed ones
#     pki/alice.pem, pki/alice.key, pki/bob.…    certificates of the two users, for signing in with one
#
# Accounts: alice@example.test / wonder-land-42 and bob@example.test / pässwörd ✓
#
# The script that sources this sets
#     roles, security[ROLE]   the listeners, the one that opens last at the end
#     configure               a function: writes the configuration; port[ROLE] is known
#     start_servers           a function: starts everything with start_server
# and, where an open port of the last role is not enough, replaces are_ready. Then it calls run_servers.
set -euo pipefail
umask 022
PATH=$PATH:/usr/sbin:/sbin

skip() {
    echo "skipped: $1"
    exit 77
}

if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || skip "the mail servers for tests need root, or sudo without a password"
    exec sudo -n -- "$0" "$@"
fi

end_with_input=no
if [ "${1:-}" = --end-with-input ]; then
    end_with_input=yes
    shift
fi
packages=${1:?usage: ${0##*/} [--end-with-input] PACKAGES FOLDER}
folder=${2:?usage: ${0##*/} [--end-with-input] PACKAGES FOLDER}

alice=alice@example.test
# shellcheck disable=SC2034 # for the scripts
alice_password=wonder-land-42
bob=bob@example.test
# shellcheck disable=SC2034
bob_password='pässwörd ✓'

[ -d "$packages/root" ] || skip "run fetch-packages first: $packages/root is not there"
packages=$(cd "$packages" && pwd)

# Who started this may read the mail. A delivering program usually refuses to work as root.
reader=${SUDO_UID:-65534}
[ "$reader" != 0 ] || reader=65534
reader_group=61005

declare -a roles=()
declare -A port=()
declare -A security=()

# --- files ----------------------------------------------------------------------------------------------------------

# device NAME MINOR: fails, and leaves no file, where device nodes are not allowed. There plain files do: nothing here
# needs real randomness or a real sink.
device() {
    mknod "$folder/dev/$1" c 1 "$2" 2>/dev/null || return 1
    if ! (exec 3<"$folder/dev/$1") 2>/dev/null; then
        rm -f "$folder/dev/$1"
        return 1
    fi
}

make_root_folder() {
    mkdir -p "$folder"
    folder=$(cd "$folder" && pwd)
    # Hard links cost no time and no space, but cannot lead to another file system.
    cp -a --link "$packages/root/." "$folder" 2>/dev/null || cp -a "$packages/root/." "$folder"
    mkdir -p "$folder"/{dev,tmp,run,log,pki,mail,etc/ssl,var/lib}
    chmod 1777 "$folder/tmp"
    chown "$reader" "$folder/mail"

    device null 3 || : >"$folder/dev/null"
    device urandom 9 || head -c 65536 /dev/urandom >"$folder/dev/urandom"
    chmod 666 "$folder"/dev/*

    cat >"$folder/etc/passwd" <<END
root:x:0:0::/:/bin/false
postfix:x:61001:61001::/:/bin/false
dovecot:x:61003:61003::/:/bin/false
dovenull:x:61004:61004::/:/bin/false
Debian-exim:x:61006:61006::/:/bin/false
nobody:x:65534:65534::/:/bin/false
reader:x:$reader:$reader_group::/:/bin/false
END
    cat >"$folder/etc/group" <<END
root:x:0:
postfix:x:61001:
postdrop:x:61002:
dovecot:x:61003:
dovenull:x:61004:
Debian-exim:x:61006:
nogroup:x:65534:
reader:x:$reader_group:
END
    echo "127.0.0.1 localhost mail.example.test" >"$folder/etc/hosts"
    echo "hosts: files" >"$folder/etc/nsswitch.conf"
    # Nobody needs this mail after a power cut; writing it to the disk at once is what takes a server's time.
    (cd "$folder" && printf '/%s\n' usr/lib/*/libeatmydata.so) >"$folder/etc/ld.so.preload"
}

openssl() {
    chroot "$folder" /usr/bin/openssl "$@" 2>>"$folder/log/openssl.log" </dev/null
}

# certificate NAME SUBJECT-ALTERNATIVE-NAMES DAYS [SUBJECT PURPOSE]
certificate() {
    printf 'subjectAltName=%s\nextendedKeyUsage=%s\nbasicConstraints=CA:FALSE\n' "$2" "${5:-serverAuth}" \
        >"$folder/pki/$1.ext"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=${4:-$1}" \
        -keyout "/pki/$1.key" -out "/pki/$1.csr"
    openssl x509 -req -in "/pki/$1.csr" -CA /pki/ca.pem -CAkey /pki/ca.key -CAcreateserial -days "$3" \
        -extfile "/pki/$1.ext" -out "/pki/$1.pem"
    rm "$folder/pki/$1.csr" "$folder/pki/$1.ext"
}

names=DNS:localhost,DNS:mail.example.test,DNS:smtp.example.test,IP:127.0.0.1

make_certificates() {
    printf '[req]\ndistinguished_name = subject\n[subject]\n' >"$folder/etc/ssl/openssl.cnf"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=Authority for tests" \
        -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
        -keyout /pki/ca.key -out /pki/ca.pem
    certificate good "$names" 20
    certificate alice "email:$alice" 20 "$alice" clientAuth
    certificate bob "email:$bob" 20 "$bob" clientAuth
    # The keys of users are for whoever started this.
    chown "$reader" "$folder"/pki/{alice,bob}.key
}

# --- ports and processes --------------------------------------------------------------------------------------------

is_open() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Below the range that the system gives to outgoing connections.
choose_ports() {
    local role candidate=$((20000 + RANDOM % 12000))
    for role in "${roles[@]}"; do
        while is_open "$candidate"; do
            candidate=$((candidate + 1))
        done
        port[$role]=$candidate
        candidate=$((candidate + 1))
    done
}

servers=()
guard_pid=

# start_server LOG COMMAND...: each server leads a process group, by which it is ended with all its children.
start_server() {
    local log=$folder/log/$1
    shift
    setsid "$@" >>"$log" 2>&1 </dev/null &
    servers+=($!)
}

# What they still have in hand is thrown away with their files, so they get no time for it.
stop_servers() {
    local server
    for server in "${servers[@]}"; do
        kill -KILL -- "-$server" 2>/dev/null || true
    done
    for server in "${servers[@]}"; do
        wait "$server" 2>/dev/null || true
    done
    servers=()
}

# A process that ends the servers when this script is killed: then the pipe to its input closes. (The signal that
# the system can send when a parent dies is no help: a server that changes its user loses it.)
start_guard() {
    # shellcheck disable=SC2034 # Its descriptors are only held open.
    coproc guard {
        trap '' TERM INT HUP
        cat >/dev/null
        stop_servers
    }
    guard_pid=$!
}

are_ready() {
    is_open "${port[${roles[-1]}]}"
}

are_running() {
    local server
    for server in "${servers[@]}"; do
        kill -0 "$server" 2>/dev/null || return 1
    done
}

# Fails when a server ends (a port may have been taken in the meantime) or after 20 seconds.
wait_until_ready() {
    local deadline=$((SECONDS + 20))
    until are_ready; do
        are_running && [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.02
    done
    are_running
}

clean_up() {
    trap '' TERM INT HUP
    trap - EXIT
    [ -z "$guard_pid" ] || {
        kill -KILL "$guard_pid" && wait "$guard_pid"
    } 2>/dev/null || true
    stop_servers
    local entry
    for entry in "$folder"/* "$folder"/.[!.]*; do
        case ${entry##*/} in
            mail | log | pki | '*' | '.[!.]*') ;;
            *) rm -rf "$entry" ;;
        esac
    done
    if [ -n "${SUDO_UID:-}" ]; then
        chown -R "$SUDO_UID" "$folder"
    fi
}

# Makes the root folder and the certificates; after it a script may add files of its own.
prepare() {
    trap 'exit 0' TERM INT HUP
    make_root_folder
    trap clean_up EXIT
    make_certificates
}

run_servers() {
    local attempt role
    for attempt in 1 2 3 4 5; do
        choose_ports
        configure
        start_servers
        if wait_until_ready; then
            break
        fi
        stop_servers
        if [ "$attempt" = 5 ]; then
            echo "the mail servers did not start; their last words:" >&2
            tail -n 5 "$folder"/log/* >&2
            exit 1
        fi
    done

    start_guard
    for role in "${roles[@]}"; do
        echo "listen $role ${port[$role]} ${security[$role]}"
    done
    echo ready

    if [ "$end_with_input" = yes ]; then
        # A shell acts on a signal when the foreground command has ended; "read" is one that a signal interrupts.
        while read -r _; do :; done
    else
        wait -n "${servers[@]}" || true
        echo "a server ended by itself; see $folder/log" >&2
        exit 1
    fi
}
