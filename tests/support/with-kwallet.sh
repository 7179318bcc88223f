#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
#
# Runs a command in a session of its own, as KDE's: a private D-Bus, a private home, a private display, and KWallet in
# a chosen state. Nothing outside a temporary folder is touched, and nothing is left running or lying about.
#
# usage: with-kwallet.sh ROOT --open|--closed|--starting|--disabled COMMAND [ARGUMENT...]
#   ROOT        where kwalletd5 is unpacked (tests/secrets/fetch-kwallet)
#   --open      the wallet is open, as after signing in to the desktop
#   --closed    the same wallet, closed, with the password of account-1 at mail.example.org in it; its own password is
#               test-password
#   --starting  as --open, but nobody has started it: the bus does, and it takes two seconds
#   --disabled  a person has switched it off, and there is no other keychain
#
# Exits with the command's status, or with 77 when something is missing.

set -eu

root=$1
state=$2
shift 2

need() {
    if ! command -v "$1" >/dev/null 2>&1; then
        echo "with-kwallet.sh: $1 is missing (Debian package $2)" >&2
        exit 77
    fi
}
need dbus-run-session dbus-daemon
need Xvfb xvfb
need xdotool xdotool
if [ ! -x "$root/usr/bin/kwalletd5" ]; then
    echo "with-kwallet.sh: no kwalletd5 below $root" >&2
    exit 77
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/postrider-kwallet.XXXXXX")
display=
trap '[ -z "$display" ] || kill $display 2>/dev/null || true; rm -rf "$folder"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir -m 700 "$folder/home" "$folder/data" "$folder/config" "$folder/cache" "$folder/run" "$folder/services"
HOME=$folder/home
XDG_DATA_HOME=$folder/data
XDG_CONFIG_HOME=$folder/config
XDG_CACHE_HOME=$folder/cache
XDG_RUNTIME_DIR=$folder/run
XDG_CURRENT_DESKTOP=KDE
KDE_SESSION_VERSION=5
export HOME XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR XDG_CURRENT_DESKTOP KDE_SESSION_VERSION
unset DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL WAYLAND_DISPLAY DESKTOP_SESSION 2>/dev/null || true

# Its questions are windows.
Xvfb -displayfd 3 -screen 0 1024x768x24 -nolisten tcp 3>"$folder/display" 2>/dev/null &
display=$!
count=0
while [ ! -s "$folder/display" ]; do
    kill -0 "$display" 2>/dev/null && [ "$count" -lt 200 ] || exit 77
    sleep 0.1
    count=$((count + 1))
done
DISPLAY=:$(cat "$folder/display")
export DISPLAY

enabled=true
[ "$state" != --disabled ] || enabled=false
cat >"$folder/config/kwalletrc" <<RC
[Wallet]
Enabled=$enabled
First Use=false
Default Wallet=kdewallet
Prompt on Open=false
Leave Open=true
Use One Wallet=true
RC

libraries=$root/usr/lib/$(uname -m)-linux-gnu
cat >"$folder/kwalletd" <<PROGRAM
#!/bin/sh
export LD_LIBRARY_PATH="$libraries:$root/lib/$(uname -m)-linux-gnu" QT_PLUGIN_PATH="$libraries/qt5/plugins" \\
    XDG_DATA_DIRS="$root/usr/share:/usr/share" QT_QPA_PLATFORM=xcb
sleep "\${1:-0}"
exec "$root/usr/bin/kwalletd5"
PROGRAM
chmod +x "$folder/kwalletd"

# Where the bus starts it.
if [ "$state" = --starting ] || [ "$state" = --disabled ]; then
    delay=0
    [ "$state" = --disabled ] || delay=2
    printf '[D-BUS Service]\nName=org.kde.kwalletd5\nExec=%s %s\n' "$folder/kwalletd" "$delay" \
        >"$folder/services/org.kde.kwalletd5.service"
fi
cat >"$folder/session.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$folder/run</listen>
  <servicedir>$folder/services</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF

# A wallet is made, and opened, with a hash of its password: what the login screen hands over. The salt lies beside it.
mkdir -p "$folder/data/kwalletd"
printf '%056d' 0 >"$folder/data/kwalletd/kdewallet.salt"
hash=$(/usr/bin/python3 -c 'import hashlib
print(",".join(str(octet) for octet in hashlib.pbkdf2_hmac("sha512", b"test-password", b"0" * 56, 50000, 56)))')

# shellcheck disable=SC2016 # expanded by the inner shell
session='
state=$1
folder=$2
hash=$3
shift 3
daemon=
trap "[ -z \"\$daemon\" ] || kill \$daemon 2>/dev/null || true" EXIT
wallet() {
    method=$1
    shift
    dbus-send --session --print-reply=literal --reply-timeout=20000 --dest=org.kde.kwalletd5 /modules/kwalletd5 \
        "org.kde.KWallet.$method" "$@"
}
start() {
    "$folder/kwalletd" >"$folder/kwalletd.log" 2>&1 &
    daemon=$!
    count=0
    until wallet isEnabled >/dev/null 2>&1; do
        kill -0 "$daemon" 2>/dev/null && [ "$count" -lt 200 ] || { cat "$folder/kwalletd.log" >&2; exit 77; }
        sleep 0.1
        count=$((count + 1))
    done
    wallet pamOpen string:kdewallet "array:byte:$hash" int32:0 >/dev/null
}
case $state in
--open) start ;;
--closed)
    start
    handle=$(wallet open string:kdewallet int64:0 string:test | tr -dc 0-9)
    handle=${handle#32}
    wallet createFolder "int32:$handle" string:org.postrider.Postrider string:test >/dev/null
    wallet writePassword "int32:$handle" string:org.postrider.Postrider \
        string:account-1/password/mail.example.org string:stored-secret string:test >/dev/null
    wallet close string:kdewallet boolean:true >/dev/null
    ;;
esac
status=0
"$@" || status=$?
exit "$status"
'
status=0
dbus-run-session --config-file="$folder/session.conf" -- \
    sh -euc "$session" with-kwallet "$state" "$folder" "$hash" "$@" || status=$?
exit "$status"
