-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Postrider developers
--
-- The outbox, version 1. A file that was released is never changed: the next version is a file of its own.
-- Each statement ends with a semicolon at the end of its line, and no other line ends with one.
--
-- Times are milliseconds since 1970-01-01 UTC. States and kinds are the words of src/outbox/message.cpp and
-- problem.cpp. Files are named relative to the spool folder.

-- What lists and the deliverer look at. Contents are in a table of their own, so that a change of state does
-- not write them again.
CREATE TABLE messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    message_id TEXT NOT NULL DEFAULT '',
    account_id TEXT NOT NULL,
    state TEXT NOT NULL,
    hold TEXT NOT NULL DEFAULT 'none',
    subject TEXT NOT NULL DEFAULT '',
    reverse_path TEXT NOT NULL,
    size INTEGER NOT NULL DEFAULT 0,
    eight_bit INTEGER NOT NULL DEFAULT 0,
    smtp_utf8 INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0, -- tries that reached MAIL, for people
    failures INTEGER NOT NULL DEFAULT 0, -- the same since a person last said "try again", for the schedule
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    queued INTEGER,       -- when the schedule began
    next_attempt INTEGER, -- when deferred recipients are tried again
    due INTEGER,          -- when the deliverer takes it, in this order; null: not at all
    problem TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX messages_due ON messages (account_id, due) WHERE due IS NOT NULL;
CREATE INDEX messages_unfinished ON messages (state) WHERE state IN ('preparing', 'sending');
CREATE INDEX messages_deferred ON messages (state) WHERE state = 'deferred';
CREATE INDEX messages_held ON messages (hold) WHERE hold = 'account';

CREATE TABLE contents (
    message INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE,
    draft TEXT NOT NULL DEFAULT '', -- as composed, with the paths that the person chose
    stamp TEXT NOT NULL DEFAULT '',
    octets BLOB                     -- the finished message when it is small; otherwise a spool file
) STRICT;

CREATE TABLE recipients (
    message INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    code INTEGER NOT NULL DEFAULT 0,
    enhanced TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    changed INTEGER NOT NULL,
    PRIMARY KEY (message, position),
    UNIQUE (message, address)
) STRICT, WITHOUT ROWID;

-- Every file in the spool that a message needs: its content, or until that is written its frozen attachments.
CREATE TABLE spool_files (
    name TEXT PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('content', 'attachment')),
    position INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX spool_files_of_message ON spool_files (message, role, position);

CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
    started INTEGER NOT NULL,
    ended INTEGER,
    host TEXT NOT NULL DEFAULT '',
    port INTEGER NOT NULL DEFAULT 0,
    tls TEXT NOT NULL DEFAULT '',
    certificate BLOB,
    outcome TEXT NOT NULL DEFAULT '',
    problem TEXT NOT NULL DEFAULT '',
    final_octet INTEGER NOT NULL DEFAULT 0 -- 1: from here on a crash leaves the message in doubt
) STRICT;

CREATE INDEX attempts_of_message ON attempts (message);

-- Trouble that belongs to a whole account.
CREATE TABLE account_holds (
    account_id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    problem TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    until INTEGER
) STRICT, WITHOUT ROWID;
