#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""The first minute of a newcomer: the practice mailbox, without any account."""

import email
import email.policy
import unittest

from drive import BUTTON, CHECK_BOX, LIST_ITEM, WINDOW, wait_for
from guitest import GuiTest


class PracticeTest(GuiTest):
    def caught(self):
        return sorted((self.profile / 'practice' / 'mail').glob('*.eml'))

    def test_the_sample_message_is_caught_here_and_not_sent(self):
        self.leave_out_undo()
        application = self.start('--practice')
        send = application.find(BUTTON, 'Send')
        subject = application.text('Subject')
        self.assertNotEqual(subject, '')
        self.assertIn('@', application.recipients('To')[0])
        self.assertNotEqual(application.text('Message body').strip(), '')
        composer = application.find(WINDOW, application.find_containing(WINDOW, subject).get_name())
        application.screenshot('practice-1-sample')

        application.click(send)
        application.find_containing(LIST_ITEM, subject, 'Caught here, not sent')
        application.wait_until_gone(composer, 'the closed window of the sent message')
        application.screenshot('practice-2-caught')

        files = wait_for(self.caught, 'the caught message')
        self.assertEqual(len(files), 1)
        message = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
        self.assertEqual(message['subject'], subject)
        self.assertEqual(message.defects, [])
        application.quit()

    def test_what_was_typed_is_what_was_caught(self):
        self.leave_out_undo()
        application = self.start('--practice')
        application.type_recipients('To', 'ann@example.org', 'ben@example.net')
        application.type_into('Subject', 'Zweite Übung')
        application.type_into('Message body', 'Written by hand.')
        application.press('Send')
        application.find_containing(LIST_ITEM, 'Zweite Übung', 'Caught here, not sent')

        message = email.message_from_bytes(wait_for(self.caught, 'the caught message')[0].read_bytes(),
                                           policy=email.policy.default)
        self.assertEqual(message['subject'], 'Zweite Übung')
        self.assertEqual([str(address) for address in message['to'].addresses],
                         ['ann@example.org', 'ben@example.net'])
        self.assertEqual(message.get_body().get_content().strip(), 'Written by hand.')
        application.quit()

    def test_formatted_text_is_caught_as_html_with_its_plain_form(self):
        self.leave_out_undo()
        application = self.start('--practice')
        application.type_recipients('To', 'ann@example.org')
        application.type_into('Subject', 'Formatted')
        application.click(application.find(CHECK_BOX, 'Rich text'))
        application.type_into('Message body', 'A bold word')
        application.keys('ctrl+shift+Left', 'ctrl+b')
        application.screenshot('practice-5-formatted')
        application.press('Send')
        application.find_containing(LIST_ITEM, 'Formatted', 'Caught here, not sent')

        message = email.message_from_bytes(wait_for(self.caught, 'the caught message')[0].read_bytes(),
                                           policy=email.policy.default)
        self.assertEqual(message.get_content_type(), 'multipart/alternative')
        self.assertEqual(message.get_body(('plain',)).get_content().strip(), 'A bold word')
        self.assertRegex(message.get_body(('html',)).get_content(), r'A bold <(b|strong)>word</\1>')
        self.assertEqual(message.defects, [])
        application.quit()

    def test_send_can_be_taken_back(self):
        application = self.start('--practice')
        application.type_into('To', 'ann@example.org')
        application.type_into('Subject', 'Too early')
        application.type_into('Message body', 'Not finished.')
        application.press('Send')
        undo = application.find(BUTTON, 'Undo')
        application.screenshot('practice-3-undo')
        application.click(undo)
        application.find_containing(WINDOW, 'Too early')
        application.screenshot('practice-4-undone')
        self.assertEqual(application.text('Subject'), 'Too early')
        self.assertEqual(application.text('Message body').strip(), 'Not finished.')
        self.assertEqual(self.caught(), [])
        application.quit()


if __name__ == '__main__':
    unittest.main(verbosity=2)
