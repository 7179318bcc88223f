#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Checks smtp-sink as the script smtp-sink starts it.

test_smtp_sink.py PACKAGES    (the folder that fetch-packages filled)
"""

import smtplib
import unittest

from mailserver import ALICE, BOB
from peertest import MESSAGE, RunningPeer, main


def answers(client):
    """The codes of one message's commands, until the first refusal; 0 for a closed connection."""
    codes = []
    try:
        for command in (client.ehlo, lambda: client.mail(ALICE[0]), lambda: client.rcpt(BOB[0]),
                        lambda: client.docmd('DATA')):
            codes.append(command()[0])
            if codes[-1] >= 400:
                return codes
        client.send(MESSAGE % b'sink' + b'.\r\n')
        codes.append(client.getreply()[0])
    except smtplib.SMTPServerDisconnected:
        codes.append(0)
    return codes


class SmtpSinkTest(RunningPeer, unittest.TestCase):
    script = 'smtp-sink'
    roles_with_auth = ()
    sending_role = 'store'
    appended = b'\n'
    recipient_replies = (('bob', 250), ('nouser', 250))

    test_both_accounts_sign_in_wherever_auth_is_offered = None
    test_a_wrong_password_is_refused = None
    test_auth_is_offered_only_behind_tls = None

    def test_an_unusual_answer_to_auth(self):
        with self.client('auth250') as client:
            client.ehlo()
            self.assertEqual(client.esmtp_features['auth'].split(), ['PLAIN', 'LOGIN'])
            self.assertEqual(self.sign_in(client, 'PLAIN', '\0%s\0%s' % ALICE), 250)

    def test_each_role_misbehaves_in_its_own_way(self):
        for role, expected in {
                'store': [250, 250, 250, 354, 250],
                'rcpt450': [250, 250, 450], 'rcpt500': [250, 250, 500],
                'mail450': [250, 450], 'mail500': [250, 500],
                'data450': [250, 250, 250, 450], 'data500': [250, 250, 250, 500],
                'dot450': [250, 250, 250, 354, 450], 'dot500': [250, 250, 250, 354, 500],
                'ehlo500': [500],
                'rcpt421': [250, 250, 421], 'dot421': [250, 250, 250, 354, 421],
                'drophelo': [0], 'dropmail': [250, 0], 'droprcpt': [250, 250, 0],
                'dropdata': [250, 250, 250, 0], 'dropdot': [250, 250, 250, 354, 0],
                'slow': [250, 250, 250, 354, 250], 'slowdata': [250, 250, 250, 354, 250],
                'early550': [250, 250, 250, 354, 550]}.items():
            with self.subTest(role=role), self.client(role) as client:
                self.assertEqual(answers(client), expected)

    def test_some_do_not_even_greet(self):
        with self.assertRaises(smtplib.SMTPConnectError) as refusal:
            self.peer.connect('connect450', None)
        self.assertEqual(refusal.exception.smtp_code, 450)
        with self.assertRaises((smtplib.SMTPServerDisconnected, ConnectionError)):
            self.peer.connect('dropconnect', None)

    def test_extensions_are_missing_where_they_shall(self):
        for role in ('noesmtp', 'pix'):
            with self.subTest(role=role), self.client(role) as client:
                self.assertGreaterEqual(client.ehlo()[0], 500)
                self.assertEqual(client.helo()[0], 250)
        with self.client('bare') as client:
            client.ehlo()
            self.assertEqual(set(client.esmtp_features), set())


if __name__ == '__main__':
    main()
