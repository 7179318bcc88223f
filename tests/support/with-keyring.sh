#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
#
# Runs a command in a session of its own: a private D-Bus, a private home, and a keychain in a chosen state.
# Nothing outside a temporary folder is touched, and nothing is left running or lying about.
#
# usage: with-keyring.sh [--unlocked|--restarted|--locked|--no-keyring|--no-service|--no-bus] COMMAND [ARGUMENT...]
#   --unlocked    gnome-keyring with an open keyring (default)
#   --locked      the same keyring, locked, with the password of account-1 at mail.example.org in it
#   --restarted   as --unlocked, and started again when it has ended
#   --no-keyring  a keychain in which no keyring has been made yet
#   --no-service  a bus on which nobody keeps secrets
#   --no-bus      no bus at all
#
# Exits with the command's status, or with 77 when a package is missing.

set -eu

state=--unlocked
case "${1-}" in
--unlocked | --restarted | --locked | --no-keyring | --no-service | --no-bus)
    state=$1
    shift
    ;;
esac
if [ $# -eq 0 ]; then
    echo "usage: with-keyring.sh [--unlocked|--restarted|--locked|--no-keyring|--no-service|--no-bus] COMMAND [ARGUMENT...]" >&2
    exit 64
fi

need() {
    if ! command -v "$1" >/dev/null 2>&1; then
        echo "with-keyring.sh: $1 is missing (Debian package $2)" >&2
        exit 77
    fi
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/postrider-keyring.XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir -m 700 "$folder/home" "$folder/data" "$folder/config" "$folder/cache" "$folder/run"
HOME=$folder/home
XDG_DATA_HOME=$folder/data
XDG_CONFIG_HOME=$folder/config
XDG_CACHE_HOME=$folder/cache
XDG_RUNTIME_DIR=$folder/run
export HOME XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR
# A keyring or bus of the person who runs the test is none of our business; without a display nothing can ask.
unset DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL DISPLAY WAYLAND_DISPLAY XDG_CURRENT_DESKTOP KDE_SESSION_VERSION \
    2>/dev/null || true

if [ "$state" = --no-bus ]; then
    status=0
    "$@" || status=$?
    exit "$status"
fi

need dbus-run-session dbus-daemon

# No service folders: the bus starts nobody, so what runs is only what is started here.
cat >"$folder/session.conf" <<EOF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$folder/run</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
EOF

if [ "$state" = --no-service ]; then
    status=0
    dbus-run-session --config-file="$folder/session.conf" -- "$@" || status=$?
    exit "$status"
fi

need gnome-keyring-daemon gnome-keyring

# The daemon stays in the foreground, so that its process id is known and it can be ended.
# shellcheck disable=SC2016 # expanded by the inner shell
session='
password=$1
prepare=$2
restarted=$3
shift 3
if [ -n "$prepare" ]; then
    printf %s test-password | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
    first=$!
    wait_for_service "$first" || exit 77
    printf %s stored-secret | secret-tool store --label=test server org.postrider.Postrider \
        user account-1/password/mail.example.org type plaintext
    kill "$first"
    wait "$first" 2>/dev/null || true
fi
if [ -n "$password" ]; then
    printf %s "$password" | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
else
    gnome-keyring-daemon --foreground --components=secrets </dev/null >/dev/null 2>&1 &
fi
daemon=$!
trap "kill $daemon 2>/dev/null || true" EXIT
wait_for_service "$daemon" || exit 77
if [ -n "$restarted" ]; then
    {
        while has_service; do sleep 0.1; done
        printf %s "$password" | exec gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1
    } &
    guard=$!
    trap "kill $daemon $guard 2>/dev/null || true" EXIT
fi
status=0
"$@" || status=$?
exit "$status"
'
# shellcheck disable=SC2016
wait_function='
has_service() {
    dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
        org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets >/dev/null 2>&1
}
wait_for_service() {
    # The daemon needs a moment to take its name on the bus.
    count=0
    while [ "$count" -lt 100 ]; do
        if has_service; then return 0; fi
        kill -0 "$1" 2>/dev/null || return 1
        sleep 0.1
        count=$((count + 1))
    done
    return 1
}
'

password=test-password
prepare=
restarted=
[ "$state" != --restarted ] || restarted=yes
[ "$state" != --no-keyring ] || password=
if [ "$state" = --locked ]; then
    need secret-tool libsecret-tools
    password=
    prepare=yes
fi
status=0
dbus-run-session --config-file="$folder/session.conf" -- \
    sh -euc "$wait_function$session" with-keyring "$password" "$prepare" "$restarted" "$@" || status=$?
exit "$status"
