// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Linked into a test, takes the place of the C library's functions for the whole program, SQLite included:
// thousands of commits do not wait for the disk's own time, which says nothing about what these tests look
// at. What reaches the disk, in which order, is looked at in outbox.kill and outbox.fulldisk, which go
// without.

#if defined(__linux__)

#include <unistd.h>

extern "C" {

__attribute__((visibility("default"))) int fsync(int /*descriptor*/)
{
    return 0;
}

__attribute__((visibility("default"))) int fdatasync(int /*descriptor*/)
{
    return 0;
}
}

#endif
