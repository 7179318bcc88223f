#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Checks aiosmtpd as the script aiosmtpd starts it.

test_aiosmtpd.py PACKAGES    (the folder that fetch-packages filled)
"""

import json
import unittest

from mailserver import ALICE, BOB
from peertest import MESSAGE, RunningPeer, main


class AiosmtpdTest(RunningPeer, unittest.TestCase):
    script = 'aiosmtpd'

    def test_every_octet_and_the_envelope_are_kept(self):
        content = MESSAGE % b'every octet'
        with self.signed_in() as client:
            client.sendmail(ALICE[0], [BOB[0], 'carol@example.test'], content, ['BODY=8BITMIME'])
        delivered, = self.peer.delivered(b'Subject: every octet')
        self.assertEqual(delivered, content)
        folder = self.peer.folder / 'mail'
        number = next(path.name for path in (folder / 'new').iterdir() if path.read_bytes() == content)
        envelope = json.loads((folder / 'envelopes' / (number + '.json')).read_text())
        self.assertEqual(envelope['sender'], ALICE[0])
        self.assertEqual(envelope['recipients'], [BOB[0], 'carol@example.test'])
        self.assertIn('BODY=8BITMIME', envelope['mail_options'])
        self.assertEqual(envelope['user'], ALICE[0])
        self.assertEqual(envelope['tls'], 'TLSv1.3')

    def test_a_declared_size_above_the_limit_is_refused(self):
        with self.signed_in() as client:
            self.assertEqual(client.esmtp_features['size'], '6000000')
            self.assertEqual(client.mail(ALICE[0], ['SIZE=6000001'])[0], 552)
            self.assertEqual(client.mail(ALICE[0], ['SIZE=6000000'])[0], 250)

    def test_a_message_can_be_refused_after_its_last_octet(self):
        with self.signed_in() as client:
            client.mail(ALICE[0])
            client.rcpt('dataonly@example.test')
            self.assertEqual(client.data(MESSAGE % b'refused')[0], 554)

    def test_wishes_are_kept_with_the_envelope(self):
        with self.signed_in('wishes') as client:
            self.assertIn('deliverby', client.esmtp_features)
            client.mail(ALICE[0], ['REQUIRETLS', 'BY=120;R'])
            client.rcpt(BOB[0], ['NOTIFY=NEVER'])
            client.data(MESSAGE % b'wishes')
        envelopes = self.peer.folder / 'mail' / 'envelopes'
        kept = [json.loads(path.read_text()) for path in envelopes.iterdir()]
        self.assertIn(['REQUIRETLS', 'BY=120;R'], [envelope['mail_options'] for envelope in kept])
        self.assertIn([['NOTIFY=NEVER']], [envelope['rcpt_options'] for envelope in kept])


if __name__ == '__main__':
    main()
