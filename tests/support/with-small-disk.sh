#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
#
# Runs a command whose temporary files lie on a disk of their own, in memory and small, that it may fill and make
# read-only. Nobody else sees that disk, and it is gone at the end.
#
# usage: with-small-disk.sh SIZE COMMAND [ARGUMENT...]
#   SIZE  as mount takes it, for example 4m
#
# Exits with the command's status, or with 77 where no such disk can be made.

set -eu

if [ $# -lt 2 ]; then
    echo "usage: with-small-disk.sh SIZE COMMAND [ARGUMENT...]" >&2
    exit 64
fi
size=$1
shift
folder=$(mktemp -d "${TMPDIR:-/tmp}/postrider-small-disk.XXXXXX")
trap 'rmdir "$folder"' EXIT
if ! unshare --user --map-root-user --mount mount -t tmpfs -o "size=$size" tmpfs "$folder" 2>/dev/null; then
    echo "skipped: this system lets nobody mount a disk of his own"
    exit 77
fi
status=0
# shellcheck disable=SC2016 # expanded by the inner shell
unshare --user --map-root-user --mount sh -euc '
    mount -t tmpfs -o "size=$1" tmpfs "$2"
    TMPDIR=$2
    export TMPDIR
    shift 2
    exec "$@"
' with-small-disk "$size" "$folder" "$@" || status=$?
exit "$status"
