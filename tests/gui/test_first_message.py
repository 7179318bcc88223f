#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""The first message from a window through a real mail server."""

import email
import email.policy
import os
import pathlib
import shutil
import socket
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / 'peers'))
from mailserver import ALICE, MailServer  # noqa: E402

from drive import DIALOG, LIST_ITEM, WINDOW, wait_for  # noqa: E402
from guitest import GuiTest  # noqa: E402

SENT = 'Sent'


class FirstMessageTest(GuiTest):
    @classmethod
    def setUpClass(cls):
        packages = os.environ['POSTRIDER_PEERS']
        folder = tempfile.mkdtemp(prefix='run-', dir=packages)
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.server = MailServer(packages, folder)
        cls.addClassCleanup(cls.server.end)

    def add_account(self, *more, host='localhost', port=None, password=ALICE[1]):
        submission, security = self.server.ports['submission']
        self.cli('account', 'add', '--email', ALICE[0], '--host', host, '--port', str(port or submission),
                 '--security', security, '--user', ALICE[0], '--password-stdin', *more,
                 standard_input=password + '\n')

    def trusting(self):
        return '--ca-file', str(self.server.ca_file)

    def compose(self, to, subject, body):
        """Opens a new message from the main window and fills it in; returns the program and its composer."""
        self.leave_out_undo()
        application = self.start()
        application.press('New message')
        application.type_into('To', to)
        application.type_into('Subject', subject)
        application.type_into('Message body', body)
        return application, application.find(WINDOW, application.find_containing(WINDOW, subject).get_name())

    def attach(self, application, path):
        """Attaches a file by the file dialog."""
        application.press('Attach')
        dialog = application.find(DIALOG, 'Attach files')
        application.type_into('File name:', str(path), within=dialog)
        application.screenshot('first-message-2-file-dialog')
        application.keys('Return')
        application.wait_until_gone(dialog, 'the closed file dialog')
        application.find_containing(LIST_ITEM, path.name)

    def test_a_typed_message_with_a_file_arrives(self):
        self.add_account(*self.trusting())
        file = self.folder / 'Lageplan.bin'
        file.write_bytes(os.urandom(300_000))
        application, composer = self.compose('bob@example.test', 'Grüße aus dem Fenster', 'Typed with real keys.')
        application.screenshot('first-message-1-typed')
        self.attach(application, file)
        application.screenshot('first-message-3-attached')
        application.press('Send')
        application.find_containing(LIST_ITEM, 'Grüße aus dem Fenster', SENT)
        application.wait_until_gone(composer, 'the closed window of the sent message')
        application.screenshot('first-message-4-sent')

        contents = wait_for(lambda: [content for content in self.server.contents() if b'Lageplan.bin' in content],
                            'the message in the Maildir')
        self.assertEqual(len(contents), 1)
        message = email.message_from_bytes(contents[0], policy=email.policy.default)
        self.assertEqual(message['subject'], 'Grüße aus dem Fenster')
        self.assertEqual(message['delivered-to'], 'bob@example.test')
        self.assertEqual(message['return-path'], '<%s>' % ALICE[0])
        self.assertEqual(message.get_body().get_content().strip(), 'Typed with real keys.')
        attachment, = message.iter_attachments()
        self.assertEqual(attachment.get_filename(), 'Lageplan.bin')
        self.assertEqual(attachment.get_content(), file.read_bytes())
        application.quit()
        self.assertEqual([row['state'] for row in self.cli('outbox', 'list')], ['sent'])

    def test_a_refused_recipient_is_told_in_the_servers_words(self):
        self.add_account(*self.trusting())
        application, _ = self.compose('nouser@example.test', 'To nobody', 'Nobody reads this.')
        application.press('Send')
        application.find_containing(LIST_ITEM, 'To nobody', 'Refused', 'Not sent')
        application.find_containing(LIST_ITEM, 'nouser@example.test', '550 5.1.1', 'No such user here')
        application.screenshot('refused-recipient')
        application.quit()
        self.assertEqual([row['state'] for row in self.cli('outbox', 'list')], ['failed'])

    def test_a_wrong_address_keeps_the_window_and_the_text(self):
        self.add_account(*self.trusting())
        application, composer = self.compose('bob@', 'Not yet', 'This text must not be lost.')
        application.press('Send')
        application.says('bob@', within=composer)
        application.screenshot('wrong-address')
        self.assertEqual(application.text('Message body'), 'This text must not be lost.')
        self.assertEqual(self.cli('outbox', 'list'), [])

        application.type_into('To', 'bob@example.test')
        application.press('Send')
        application.find_containing(LIST_ITEM, 'Not yet', SENT)
        self.assertEqual(len(self.server.delivered(b'Subject: Not yet')), 1)
        application.quit()

    def verify_trouble(self, picture, *words):
        """A message that cannot leave: the window says why, and the message is in the outbox."""
        application, _ = self.compose('bob@example.test', 'Stays here', 'Not yet on its way.')
        application.press('Send')
        row = application.find_containing(LIST_ITEM, 'Stays here', *words)
        application.screenshot(picture)
        for blame in ('error', 'failed to'):
            self.assertNotIn(blame, row.get_name().lower())
        message, = self.cli('outbox', 'list')
        self.assertIn(message['state'], ('held', 'deferred'))
        self.assertNotEqual(message['reason'], '')
        application.quit()

    def test_a_wrong_password_is_told(self):
        self.add_account(*self.trusting(), '--no-verify-login', password='not-it')
        self.verify_trouble('wrong-password', 'Needs you', 'localhost', 'password')

    def test_a_server_that_is_down_is_told(self):
        with socket.create_server(('127.0.0.1', 0)) as closed_at_once:
            port = closed_at_once.getsockname()[1]
        self.add_account(*self.trusting(), '--no-verify-login', port=port)
        self.verify_trouble('server-down', 'Waiting', 'localhost', str(port))

    def test_an_unknown_host_is_told(self):
        self.add_account(*self.trusting(), '--no-verify-login', host='no-such-host.invalid')
        self.verify_trouble('unknown-host', 'Waiting', 'no-such-host.invalid')

    def test_an_untrusted_certificate_is_told(self):
        self.add_account('--no-verify-login')
        self.verify_trouble('untrusted-certificate', 'Needs you', 'localhost', 'certificate')


if __name__ == '__main__':
    unittest.main(verbosity=2)
