-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Postrider developers
--
-- The outbox, version 4 (see version 1 for the rules): content that is known as its message's.

-- The message's id. A row whose number changed on the disk lies in another message's place and is whole in
-- itself, so nothing else would keep it from that one's recipients. Empty: from an earlier version.
ALTER TABLE contents ADD COLUMN owner TEXT NOT NULL DEFAULT '';
