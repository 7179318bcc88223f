#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Checks the test mail server with a client that is not ours.

When this passes and a test of Postrider against the same server fails, Postrider is what is broken.

test_postfix_dovecot.py PACKAGES    (the folder that fetch-packages filled)
"""

import base64
import contextlib
import os
import shutil
import signal
import smtplib
import ssl
import sys
import tempfile
import unittest

from mailserver import ALICE, BOB, MailServer

MESSAGE = b'From: alice@example.test\r\nTo: bob@example.test\r\nSubject: %s\r\n\r\n.dot\r\nFrom here\r\n'


class RunningTest(unittest.TestCase):
    packages = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix='peer-', dir=cls.packages)
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.peer = MailServer(cls.packages, cls.folder)
        cls.trust = ssl.create_default_context(cafile=cls.peer.ca_file)

    @classmethod
    def tearDownClass(cls):
        cls.peer.end()

    def client(self, role='submission'):
        return contextlib.closing(self.peer.connect(role, self.trust))

    def test_both_accounts_sign_in_wherever_auth_is_offered(self):
        for role in ('submission', 'submissions', 'nostarttls'):
            for user, password in (ALICE, BOB):
                with self.subTest(role=role, user=user), self.client(role) as client:
                    client.ehlo()
                    # SMTP.login() knows ASCII passwords only.
                    token = base64.b64encode(('\0%s\0%s' % (user, password)).encode()).decode()
                    self.assertEqual(client.docmd('AUTH', 'PLAIN ' + token)[0], 235)

    def test_a_wrong_password_is_refused(self):
        with self.client() as client:
            with self.assertRaises(smtplib.SMTPAuthenticationError) as refusal:
                client.login(ALICE[0], 'not-it')
            self.assertEqual(refusal.exception.smtp_code, 535)

    def test_auth_is_offered_only_behind_tls(self):
        port, _ = self.peer.ports['submission']
        with contextlib.closing(smtplib.SMTP('127.0.0.1', port, timeout=10)) as client:
            client.ehlo()
            self.assertFalse(client.has_extn('auth'))
        with self.client('nostarttls') as client:
            client.ehlo()
            self.assertFalse(client.has_extn('starttls'))
            self.assertTrue(client.has_extn('auth'))

    def test_bad_certificates_are_bad_for_the_right_reason(self):
        # X509_V_ERR_IP_ADDRESS_MISMATCH, X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT
        for role, reason in (('wrongname', 64), ('expired', 10), ('selfsigned', 18)):
            with self.subTest(role=role), self.assertRaises(ssl.SSLCertVerificationError) as refusal:
                self.peer.connect(role, self.trust)
            self.assertEqual(refusal.exception.verify_code, reason)

    def test_recipients_get_their_fixed_answers(self):
        with self.client() as client:
            client.login(*ALICE)
            client.mail(ALICE[0])
            for name, code in (('bob', 250), ('greylist', 450), ('tmpfail', 451), ('nouser', 550), ('quota', 552),
                               ('policy', 554)):
                self.assertEqual(client.rcpt(name + '@example.test')[0], code, name)

    def test_a_message_arrives_unchanged_below_the_trace(self):
        content = MESSAGE % b'unchanged'
        with self.client('submissions') as client:
            client.login(*ALICE)
            client.sendmail(ALICE[0], [BOB[0]], content)
        delivered, = self.peer.delivered(b'Subject: unchanged')
        self.assertTrue(delivered.startswith(b'Return-Path: <alice@example.test>\n'))
        self.assertIn(b'\nDelivered-To: bob@example.test\n', delivered)
        self.assertTrue(delivered.endswith(content.replace(b'\r\n', b'\n')))

    def test_nothing_is_relayed_without_signing_in(self):
        with self.client() as client:
            client.ehlo()
            client.mail(ALICE[0])
            self.assertEqual(client.rcpt(BOB[0])[0], 554)


class EndTest(unittest.TestCase):
    packages = None

    def test_a_signal_ends_the_servers_and_leaves_only_mail_log_and_keys(self):
        folder = tempfile.mkdtemp(prefix='peer-', dir=self.packages)
        self.addCleanup(shutil.rmtree, folder)
        peer = MailServer(self.packages, folder)
        peer.process.send_signal(signal.SIGTERM)
        self.assertEqual(peer.process.wait(20), 0)
        peer.end()
        self.assertEqual(sorted(os.listdir(folder)), ['log', 'mail', 'pki'])
        with self.assertRaises(ConnectionRefusedError):
            smtplib.SMTP('127.0.0.1', peer.ports['submission'][0], timeout=5)


if __name__ == '__main__':
    RunningTest.packages = EndTest.packages = sys.argv.pop(1)
    unittest.main()
