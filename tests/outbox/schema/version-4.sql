-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Postrider developers
--
-- A profile's database as version 4 left it, with a message in every state that it can be found in.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
, header_utf8 INTEGER NOT NULL DEFAULT 0, services TEXT NOT NULL DEFAULT '', record INTEGER NOT NULL DEFAULT 0, scheduled INTEGER, undo_window INTEGER NOT NULL DEFAULT 0, in_doubt INTEGER, rule_resends INTEGER NOT NULL DEFAULT 0, envelope_check INTEGER) STRICT;
INSERT INTO messages VALUES(1,'11111111-0000-4000-8000-000000000001','<1@example.org>','account-1','queued','none','Queued','ann@example.org',12,0,0,0,0,1772440000000,1772440000000,1772440000000,NULL,0,'',0,'{"priority":3}',1,NULL,0,NULL,0,NULL);
INSERT INTO messages VALUES(2,'11111111-0000-4000-8000-000000000002','<2@example.org>','account-1','deferred','none','Deferred','ann@example.org',12,0,0,2,2,1772440000000,1772440100000,1772440000000,1772443200000,1772443200000,'{"kind":"recipient-deferred","code":450}',0,'',0,NULL,0,NULL,0,NULL);
INSERT INTO messages VALUES(3,'11111111-0000-4000-8000-000000000003','<3@example.org>','account-1','sent','none','Sent','ann@example.org',12,0,0,1,1,1772440000000,1772440200000,1772440000000,NULL,NULL,'',0,'',0,NULL,0,NULL,0,NULL);
INSERT INTO messages VALUES(4,'11111111-0000-4000-8000-000000000004','<4@example.org>','account-1','in-doubt','none','In doubt','ann@example.org',12,0,0,1,1,1772440000000,1772440300000,1772440000000,NULL,NULL,'{"kind":"outcome-unknown"}',0,'',0,NULL,0,1772440300000,0,NULL);
INSERT INTO messages VALUES(5,'11111111-0000-4000-8000-000000000005','<5@example.org>','account-1','held','undo','Held','ann@example.org',12,0,1,0,0,1772440000000,1772440000000,1772440000000,1772442010000,1772442010000,'',1,'',0,NULL,10,NULL,0,NULL);
INSERT INTO messages VALUES(6,'11111111-0000-4000-8000-000000000006','<6@example.org>','account-2','partly-sent','none','Partly sent','ann@example.org',12,1,0,1,1,1772440000000,1772440400000,1772440000000,NULL,NULL,'{"kind":"recipient-refused","code":550}',0,'',0,NULL,0,NULL,0,NULL);
INSERT INTO messages VALUES(7,'11111111-0000-4000-8000-000000000007','<7@example.org>','account-2','sending','none','Sending','ann@example.org',12,0,0,0,0,1772440000000,1772440000000,1772440000000,NULL,NULL,'',0,'',0,NULL,0,NULL,0,NULL);
CREATE TABLE contents (
    message INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE,
    draft TEXT NOT NULL DEFAULT '', -- as composed, with the paths that the person chose
    stamp TEXT NOT NULL DEFAULT '',
    octets BLOB                     -- the finished message when it is small; otherwise a spool file
, digest BLOB, owner TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO contents VALUES(1,'','',X'5375626a6563743a780d0a0d',NULL,'11111111-0000-4000-8000-000000000001');
INSERT INTO contents VALUES(2,'','',X'5375626a6563743a780d0a0d',NULL,'11111111-0000-4000-8000-000000000002');
INSERT INTO contents VALUES(3,'','',X'5375626a6563743a780d0a0d',NULL,'11111111-0000-4000-8000-000000000003');
INSERT INTO contents VALUES(4,'','',X'5375626a6563743a780d0a0d',NULL,'11111111-0000-4000-8000-000000000004');
INSERT INTO contents VALUES(5,'','',X'5375626a6563743a780d0a0d',NULL,'11111111-0000-4000-8000-000000000005');
INSERT INTO contents VALUES(6,'','',X'5375626a6563743a780d0a0d',NULL,'11111111-0000-4000-8000-000000000006');
INSERT INTO contents VALUES(7,'','',X'5375626a6563743a780d0a0d',NULL,'11111111-0000-4000-8000-000000000007');
CREATE TABLE spool_files (
    name TEXT PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('content', 'attachment')),
    position INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
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
, transcript TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO attempts VALUES(1,3,1772440000000,1772440200000,'smtp.example.org',587,'TLS 1.3',NULL,'sent','',1,'C: QUIT');
INSERT INTO attempts VALUES(2,7,1772440000000,NULL,'',0,'',NULL,'','',1,'');
CREATE TABLE account_holds (
    account_id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    problem TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    until INTEGER
, releases INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
INSERT INTO account_holds VALUES('account-2','waiting','{"kind":"connection-refused"}',3,1772440500000,0);
CREATE TABLE facts (
    account_id TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    tls TEXT NOT NULL DEFAULT '',        -- "TLS 1.3"; empty: not encrypted
    mechanisms TEXT NOT NULL DEFAULT '', -- as offered, separated by spaces
    size INTEGER NOT NULL DEFAULT 0,     -- octets; 0: not stated
    learnt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO facts VALUES('account-1','smtp.example.org',587,'TLS 1.3','PLAIN',1000,1772440000000);
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
INSERT INTO habits VALUES('account-1','smtp.example.org',587,'never','within-message',1772440000000,10,7,1772440000000);
CREATE TABLE IF NOT EXISTS "recipients" (
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
INSERT INTO recipients VALUES(1,0,'bob@example.net','queued',0,'','',1772440000000,'');
INSERT INTO recipients VALUES(2,0,'bob@example.net','deferred',0,'','',1772440000000,'');
INSERT INTO recipients VALUES(3,0,'bob@example.net','sent',0,'','queued as 7',1772440000000,'');
INSERT INTO recipients VALUES(4,0,'bob@example.net','in-doubt',0,'','',1772440000000,'');
INSERT INTO recipients VALUES(5,0,'bob@example.net','queued',0,'','',1772440000000,'');
INSERT INTO recipients VALUES(6,0,'bob@example.net','sent',0,'','',1772440000000,'');
INSERT INTO recipients VALUES(6,1,'eve@example.net','failed',550,'5.1.1','no such user',1772440400000,'eva@example.net');
INSERT INTO recipients VALUES(7,0,'bob@example.net','sending',0,'','',1772440000000,'');
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
INSERT INTO paces VALUES('account-1',30,NULL,NULL,NULL,NULL,500,NULL,NULL,1772440000000,NULL,'');
CREATE TABLE sent_counts (
    account_id TEXT NOT NULL,
    slot INTEGER NOT NULL, -- its begin
    messages INTEGER NOT NULL,
    recipients INTEGER NOT NULL,
    PRIMARY KEY (account_id, slot)
) STRICT, WITHOUT ROWID;
INSERT INTO sent_counts VALUES('account-1',1772440000000,1,1);
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
INSERT INTO sent_records VALUES(100,'22222222-0000-4000-8000-000000000001','<r@example.org>','account-1','Old','ann@example.org',12,1772000000000,1772000001000,'[{"address":"bob@example.net","code":250,"text":"queued as 3"}]');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('messages',7);
INSERT INTO sqlite_sequence VALUES('attempts',2);
CREATE INDEX messages_due ON messages (account_id, due) WHERE due IS NOT NULL;
CREATE INDEX messages_unfinished ON messages (state) WHERE state IN ('preparing', 'sending');
CREATE INDEX messages_deferred ON messages (state) WHERE state = 'deferred';
CREATE INDEX messages_held ON messages (hold) WHERE hold = 'account';
CREATE INDEX spool_files_of_message ON spool_files (message, role, position);
CREATE INDEX attempts_of_message ON attempts (message);
CREATE INDEX messages_undo ON messages (hold) WHERE hold = 'undo';
CREATE INDEX messages_scheduled ON messages (next_attempt) WHERE hold = 'scheduled' AND next_attempt IS NOT NULL;
CREATE INDEX messages_in_doubt ON messages (account_id, in_doubt) WHERE in_doubt IS NOT NULL AND rule_resends = 0;
CREATE INDEX sent_records_sent ON sent_records (sent);
COMMIT;
PRAGMA application_id = 1347576946;
PRAGMA user_version = 4;
