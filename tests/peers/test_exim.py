#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Checks Exim as the script exim starts it.

test_exim.py PACKAGES    (the folder that fetch-packages filled)
"""

import ssl
import unittest

from mailserver import ALICE, BOB
from peertest import MESSAGE, RunningPeer, main


class EximTest(RunningPeer, unittest.TestCase):
    script = 'exim'

    def test_it_offers_what_it_is_here_for(self):
        with self.client() as client:
            client.ehlo()
            self.assertEqual(set(client.esmtp_features['auth'].split()), {'PLAIN', 'LOGIN', 'CRAM-MD5'})
            for extension in ('chunking', 'prdr', 'pipelining', 'pipeconnect', 'dsn', '8bitmime', 'smtputf8'):
                self.assertTrue(client.has_extn(extension), extension)

    def test_a_message_in_chunks_arrives_unchanged(self):
        content = MESSAGE % b'chunks'
        with self.signed_in() as client:
            client.mail(ALICE[0])
            client.rcpt(BOB[0])
            client.send(b'BDAT 20\r\n' + content[:20])
            self.assertEqual(client.getreply()[0], 250)
            client.send(b'BDAT %d LAST\r\n' % len(content[20:]) + content[20:])
            self.assertEqual(client.getreply()[0], 250)
        delivered, = self.peer.delivered(b'Subject: chunks')
        self.assertTrue(delivered.endswith(content.replace(b'\r\n', b'\n')), delivered)

    def test_a_certificate_signs_in_its_owner_only(self):
        pki = self.peer.folder / 'pki'
        context = ssl.create_default_context(cafile=self.peer.ca_file)
        context.load_cert_chain(pki / 'alice.pem', pki / 'alice.key')
        for user, code in ((ALICE[0], 235), (BOB[0], 535)):
            with self.subTest(user=user), self.client(context=context) as client:
                client.ehlo()
                self.assertIn('EXTERNAL', client.esmtp_features['auth'])
                self.assertEqual(self.sign_in(client, 'EXTERNAL', user), code)

    def test_one_file_tells_all_recipients(self):
        with self.signed_in() as client:
            client.sendmail(ALICE[0], ['user%d@example.test' % number for number in range(200)], MESSAGE % b'many')
        delivered, = self.peer.delivered(b'Subject: many')
        self.assertEqual(delivered.partition(b'Received:')[0].count(b'@example.test'), 201)

    def test_too_many_recipients_are_told_so(self):
        with self.signed_in() as client:
            client.mail(ALICE[0])
            codes = [client.rcpt('user%d@example.test' % number)[0] for number in range(251)]
            self.assertEqual(codes, [250] * 250 + [452])


if __name__ == '__main__':
    main()
