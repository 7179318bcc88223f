#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Checks chasquid as the script chasquid starts it.

test_chasquid.py PACKAGES    (the folder that fetch-packages filled)
"""

import unittest

from mailserver import ALICE, BOB
from peertest import MESSAGE, RunningPeer, main


class ChasquidTest(RunningPeer, unittest.TestCase):
    script = 'chasquid'
    roles_with_auth = ('submission', 'submissions')
    recipient_replies = (('bob', 250), ('user299', 250), ('nouser', 550))

    def test_mail_for_its_own_users_needs_no_sign_in(self):
        with self.client('mta') as client:
            client.ehlo()
            self.assertFalse(client.has_extn('auth'))
            client.sendmail('carol@elsewhere.example', [BOB[0]], MESSAGE % b'incoming')
        self.peer.delivered(b'Subject: incoming')

    def test_too_many_recipients_cost_the_connection(self):
        with self.signed_in() as client:
            client.mail(ALICE[0])
            codes = [client.rcpt('user%d@example.test' % number)[0] for number in range(104)]
            self.assertEqual(codes, [250] * 101 + [452, 452, 421])


if __name__ == '__main__':
    main()
