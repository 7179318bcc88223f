#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
#
# Runs a program as root of a network of its own, where low ports are free and nothing leads outside. Where the system
# does not allow that, the program runs as it is, and says itself what it has to skip.
set -eu

if unshare --user --map-root-user --net true 2>/dev/null; then
    exec unshare --user --map-root-user --net -- "$@"
fi
exec "$@"
