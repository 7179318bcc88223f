#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""The first account, set up by keys alone at a real mail server, with its password in a real keyring."""

import os
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / 'peers'))
from mailserver import ALICE, MailServer  # noqa: E402

from drive import DIALOG, FIELD, PASSWORD_FIELD, RADIO_BUTTON, wait_for  # noqa: E402
from guitest import GuiTest, secrets_in_keyring  # noqa: E402


class SetupTest(GuiTest):
    def setUp(self):
        super().setUp()
        packages = os.environ['POSTRIDER_PEERS']
        folder = tempfile.mkdtemp(prefix='run-', dir=packages)
        self.addCleanup(shutil.rmtree, folder)
        self.server = MailServer(packages, folder)
        self.addCleanup(self.server.end)

    def sign_ins(self):
        """How many AUTH commands each connection to the server had that is over, and how many of them let in."""
        log = (self.server.folder / 'log' / 'postfix.log').read_text(encoding='utf-8', errors='replace')
        # Postfix writes auth=1 when the only one was good, and auth=0/1 when it was not.
        counts = re.findall(r'disconnect from .*? auth=(\d+)(?:/(\d+))?', log)
        return [(int(tried or good), int(good)) for good, tried in counts]

    def verify_sign_ins(self, *expected):
        wait_for(lambda: len(self.sign_ins()) >= len(expected), 'sign-in %d in the log' % len(expected))
        self.assertEqual(self.sign_ins(), list(expected))

    def open_page_by_hand(self):
        """From the first page to the one where settings are typed."""
        application = self.start()
        application.find(DIALOG, 'Set up sending')
        application.wait_for_focus(RADIO_BUTTON, 'Use my e-mail address')
        application.keys('alt+h')
        application.wait_for_focus(RADIO_BUTTON, 'Enter the settings by hand')
        application.keys('Return')
        application.find(DIALOG, 'Set up sending: Name and address')
        application.keys('alt+a')
        application.type_at_focus('Your name', 'Alice Example')
        application.keys('Tab')
        application.type_at_focus('E-mail address', ALICE[0])
        application.keys('Return')
        return application, application.find(DIALOG, 'Set up sending: Settings by hand')

    def test_an_account_is_set_up_by_keys_alone(self):
        port, security = self.server.ports['submission']
        self.assertEqual(security, 'starttls')
        application, dialog = self.open_page_by_hand()
        application.type_at_focus('Server', 'localhost')
        application.keys('Tab')
        application.type_at_focus('Port', str(port))
        application.keys('alt+m')
        application.find(FIELD, 'Certificate file')
        application.keys('alt+f')
        application.type_at_focus('Certificate file', str(self.server.ca_file))
        application.screenshot('setup-1-by-hand')
        application.keys('Return')

        application.find(DIALOG, 'Set up sending: Sign in')
        application.type_at_focus('Password', 'not-it', PASSWORD_FIELD)
        application.keys('Return')
        application.says('localhost refused the user name or password', within=dialog)
        application.screenshot('setup-2-wrong-password')
        self.verify_sign_ins((1, 0))
        application.find(DIALOG, 'Set up sending: Sign in')

        application.type_at_focus('Password', ALICE[1], PASSWORD_FIELD)
        application.keys('Return')
        application.says('Your account works.', within=dialog)
        application.screenshot('setup-3-proved')
        self.verify_sign_ins((1, 0), (1, 1))
        self.assertEqual(secrets_in_keyring(), [])

        application.keys('alt+t')
        application.says('Accepted by localhost', within=dialog)
        application.screenshot('setup-4-test-message')
        self.assertEqual(len(self.server.delivered(b'Return-Path: <%s>' % ALICE[0].encode())), 1)
        self.verify_sign_ins((1, 0), (1, 1), (1, 1))

        application.keys('alt+d')
        application.wait_until_gone(dialog, 'the closed set-up')
        application.quit()
        account, = self.cli('account', 'list')
        self.assertEqual((account['email'], account['host'], account['port']), (ALICE[0], 'localhost', port))
        self.assertEqual(secrets_in_keyring(), [ALICE[1]])
        for file in self.profile.rglob('*'):
            if file.is_file():
                self.assertNotIn(ALICE[1].encode(), file.read_bytes(), file)


if __name__ == '__main__':
    unittest.main(verbosity=2)
