# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""What is checked of every test mail server, with a client that is not ours.

When this passes and a test of Postrider against the same server fails, Postrider is what is broken. A test program
derives a class from RunningPeer for each server and calls main().
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

MESSAGE = b'From: alice@example.test\r\nTo: bob@example.test\r\nSubject: %s\r\n\r\n.dot\r\n\r\n..\r\nFrom here \r\n'


class RunningPeer:
    """Mixed into unittest.TestCase. To be told: the script, where AUTH is offered, what is refused."""

    packages = None
    script = None
    roles_with_auth = ('submission', 'submissions', 'nostarttls')
    roles_that_refuse = None # all of them
    appended = b''
    sending_role = 'submissions'
    recipient_replies = (('bob', 250), ('tmpfail', 451), ('nouser', 550))

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix='peer-', dir=cls.packages)
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.peer = MailServer(cls.packages, cls.folder, cls.script)
        cls.addClassCleanup(cls.peer.end)
        cls.trust = ssl.create_default_context(cafile=cls.peer.ca_file)

    def client(self, role=None, context=None):
        return contextlib.closing(self.peer.connect(role or self.sending_role, context or self.trust))

    def signed_in(self, role=None):
        client = self.peer.connect(role or self.sending_role, self.trust)
        client.ehlo()
        if self.roles_with_auth:
            client.login(*ALICE)
        return contextlib.closing(client)

    @staticmethod
    def sign_in(client, mechanism, response):
        """The code of the server's answer; SMTP.login() knows ASCII passwords only."""
        return client.docmd('AUTH', '%s %s' % (mechanism, base64.b64encode(response.encode()).decode() or '='))[0]

    def test_both_accounts_sign_in_wherever_auth_is_offered(self):
        for role in self.roles_with_auth:
            for credentials in (ALICE, BOB):
                with self.subTest(role=role, user=credentials[0]), self.client(role) as client:
                    client.ehlo()
                    self.assertEqual(self.sign_in(client, 'PLAIN', '\0%s\0%s' % credentials), 235)

    def test_a_wrong_password_is_refused(self):
        for role in self.roles_that_refuse or self.roles_with_auth:
            with self.subTest(role=role), self.client(role) as client:
                client.ehlo()
                self.assertEqual(self.sign_in(client, 'PLAIN', '\0%s\0not-it' % ALICE[0]), 535)

    def test_auth_is_offered_only_behind_tls(self):
        port, _ = self.peer.ports['submission']
        with contextlib.closing(smtplib.SMTP('127.0.0.1', port, timeout=10)) as client:
            client.ehlo()
            self.assertTrue(client.has_extn('starttls'))
            self.assertFalse(client.has_extn('auth'))
        if 'nostarttls' in self.peer.ports:
            with self.client('nostarttls') as client:
                client.ehlo()
                self.assertFalse(client.has_extn('starttls'))
                self.assertTrue(client.has_extn('auth'))

    def test_recipients_get_their_fixed_answers(self):
        with self.signed_in() as client:
            client.mail(ALICE[0])
            for name, code in self.recipient_replies:
                self.assertEqual(client.rcpt(name + '@example.test')[0], code, name)

    def test_a_message_arrives_unchanged_below_the_trace(self):
        content = MESSAGE % b'unchanged'
        with self.signed_in() as client:
            client.sendmail(ALICE[0], [BOB[0]], content)
        delivered, = self.peer.delivered(b'Subject: unchanged')
        content = content.replace(b'\r\n', b'\n') + self.appended
        self.assertTrue(delivered.replace(b'\r\n', b'\n').endswith(content), delivered)

    def test_a_signal_ends_it_and_leaves_only_mail_log_and_keys(self):
        folder = tempfile.mkdtemp(prefix='peer-', dir=self.packages)
        self.addCleanup(shutil.rmtree, folder)
        peer = MailServer(self.packages, folder, self.script)
        peer.process.send_signal(signal.SIGTERM)
        self.assertEqual(peer.process.wait(20), 0)
        peer.end()
        self.assertEqual(sorted(os.listdir(folder)), ['log', 'mail', 'pki'])
        for port, _ in peer.ports.values():
            with self.assertRaises(ConnectionRefusedError):
                smtplib.SMTP('127.0.0.1', port, timeout=5)


def main():
    RunningPeer.packages = sys.argv.pop(1)
    unittest.main()
