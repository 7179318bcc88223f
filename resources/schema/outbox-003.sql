-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Postrider developers
--
-- The outbox, version 3 (see version 1 for the rules): messages that leave later, what is in doubt, corrected
-- recipients, the pace of accounts, and what stays of sent messages.

-- When the person wants it to leave.
ALTER TABLE messages ADD COLUMN scheduled INTEGER;
-- Seconds in which Send can be taken back.
ALTER TABLE messages ADD COLUMN undo_window INTEGER NOT NULL DEFAULT 0;
-- Since when nobody knows whether the server has it, and how often the account's rule sent it again.
ALTER TABLE messages ADD COLUMN in_doubt INTEGER;
ALTER TABLE messages ADD COLUMN rule_resends INTEGER NOT NULL DEFAULT 0;
UPDATE messages SET in_doubt = changed WHERE state = 'in-doubt';

-- Of the envelope's addresses: what changed on the disk must not go to somebody else. Null: from an earlier version.
ALTER TABLE messages ADD COLUMN envelope_check INTEGER;

CREATE INDEX messages_undo ON messages (hold) WHERE hold = 'undo';
CREATE INDEX messages_scheduled ON messages (next_attempt) WHERE hold = 'scheduled' AND next_attempt IS NOT NULL;
CREATE INDEX messages_in_doubt ON messages (account_id, in_doubt) WHERE in_doubt IS NOT NULL AND rule_resends = 0;

-- An index less: a recipient is found by its place. That no address is there twice is seen to where they are
-- put in.
CREATE TABLE recipients_by_place (
    message INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    code INTEGER NOT NULL DEFAULT 0,
    enhanced TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    changed INTEGER NOT NULL,
    former TEXT NOT NULL DEFAULT '', -- the refused address that this one replaced
    PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;
INSERT INTO recipients_by_place (message, position, address, state, code, enhanced, text, changed)
    SELECT message, position, address, state, code, enhanced, text, changed FROM recipients;
DROP TABLE recipients;
ALTER TABLE recipients_by_place RENAME TO recipients;

-- Of the finished message, wherever it lies: what changed on the disk is not sent. Null: from an earlier version.
ALTER TABLE contents ADD COLUMN digest BLOB;

-- How much an account may send. Null: not known; 0: without limit.
CREATE TABLE paces (
    account_id TEXT PRIMARY KEY,
    chosen_per_minute INTEGER, -- messages, by a person
    chosen_per_day INTEGER,
    chosen_per_message INTEGER, -- recipients
    chosen_recipients_per_day INTEGER,
    learnt_per_minute INTEGER, -- the same, from replies
    learnt_per_day INTEGER,
    learnt_per_message INTEGER,
    learnt_recipients_per_day INTEGER,
    learnt INTEGER,
    closed_until INTEGER, -- the server wants nothing before
    closed_by TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- What an account sent, in slots of 5 seconds; of the last day.
CREATE TABLE sent_counts (
    account_id TEXT NOT NULL,
    slot INTEGER NOT NULL, -- its begin
    messages INTEGER NOT NULL,
    recipients INTEGER NOT NULL,
    PRIMARY KEY (account_id, slot)
) STRICT, WITHOUT ROWID;

-- What stays of a message that was sent long ago.
CREATE TABLE sent_records (
    seq INTEGER PRIMARY KEY, -- as in messages
    id TEXT NOT NULL UNIQUE,
    message_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    reverse_path TEXT NOT NULL,
    size INTEGER NOT NULL,
    created INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    recipients TEXT NOT NULL -- JSON
) STRICT;

CREATE INDEX sent_records_sent ON sent_records (sent);
