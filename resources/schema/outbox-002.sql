-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Postrider developers
--
-- The outbox, version 2 (see version 1 for the rules): what is known of an account's server, transcripts, and
-- what the server is asked for besides delivering.

-- Whether the message's own header has raw UTF-8, apart from its envelope: then a server without SMTPUTF8 can
-- take it for nobody. What was queued before is not looked into again; the careful answer stands for it.
ALTER TABLE messages ADD COLUMN header_utf8 INTEGER NOT NULL DEFAULT 0;
UPDATE messages SET header_utf8 = smtp_utf8;

-- What the deliverer asks the server for besides, as JSON.
ALTER TABLE messages ADD COLUMN services TEXT NOT NULL DEFAULT '';

-- 1: its attempts keep a transcript.
ALTER TABLE messages ADD COLUMN record INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN transcript TEXT NOT NULL DEFAULT '';

-- What was learnt at an account's last successful sign-in. A server that offers less than that may be somebody
-- else's.
CREATE TABLE facts (
    account_id TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    tls TEXT NOT NULL DEFAULT '',        -- "TLS 1.3"; empty: not encrypted
    mechanisms TEXT NOT NULL DEFAULT '', -- as offered, separated by spaces
    size INTEGER NOT NULL DEFAULT 0,     -- octets; 0: not stated
    learnt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What that server turned out to stand of what it offers. It is forgotten after a time and then tried again.
CREATE TABLE habits (
    account_id TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    chunks TEXT NOT NULL,
    pipelining TEXT NOT NULL,
    habits_learnt INTEGER,
    recipient_limit INTEGER NOT NULL DEFAULT 0,  -- in one transaction; 0: it named none
    recipients_taken INTEGER NOT NULL DEFAULT 0, -- in one transaction, the most so far
    recipients_learnt INTEGER
) STRICT, WITHOUT ROWID;

-- How often a person has let the account go. A try that began before that does not hold it again.
ALTER TABLE account_holds ADD COLUMN releases INTEGER NOT NULL DEFAULT 0;
