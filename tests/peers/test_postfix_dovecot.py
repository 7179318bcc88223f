#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Checks Postfix and Dovecot as the script postfix-dovecot starts them.

test_postfix_dovecot.py PACKAGES    (the folder that fetch-packages filled)
"""

import ssl
import unittest

from mailserver import ALICE, BOB
from peertest import MESSAGE, RunningPeer, main

PASSWORD_MECHANISMS = {'PLAIN', 'LOGIN', 'CRAM-MD5', 'DIGEST-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'}
TOKEN_MECHANISMS = {'XOAUTH2', 'OAUTHBEARER'}


class PostfixDovecotTest(RunningPeer, unittest.TestCase):
    script = 'postfix-dovecot'
    roles_with_auth = ('submission', 'submissions', 'nostarttls', 'tls12', 'minimal', 'dovecot', 'dovecots')
    roles_that_refuse = ('submissions', 'dovecots') # half a second each
    recipient_replies = (('bob', 250), ('greylist', 450), ('tmpfail', 451), ('full', 452), ('nouser', 550),
                         ('quota', 552), ('policy', 554))

    def offered(self, role, extension='auth'):
        with self.client(role) as client:
            client.ehlo()
            return client.esmtp_features.get(extension)

    def token(self, name='alice.token'):
        return (self.peer.folder / 'pki' / name).read_text(encoding='ascii').strip()

    def test_each_role_offers_what_it_is_for(self):
        for role in ('submission', 'submissions', 'nostarttls', 'tls12', 'minimal'):
            self.assertEqual(set(self.offered(role).split()), PASSWORD_MECHANISMS | TOKEN_MECHANISMS, role)
        for role in ('dovecot', 'dovecots'):
            self.assertEqual(set(self.offered(role).split()),
                             PASSWORD_MECHANISMS | TOKEN_MECHANISMS | {'EXTERNAL'}, role)
        self.assertEqual(self.offered('loginonly').split(), ['LOGIN'])
        self.assertIsNone(self.offered('relay'))
        for extension in ('pipelining', 'chunking', '8bitmime', 'dsn', 'enhancedstatuscodes', 'smtputf8'):
            self.assertIsNotNone(self.offered('submissions', extension), extension)
            self.assertIsNone(self.offered('minimal', extension), extension)
        self.assertEqual(self.offered('minimal', 'size'), '65536')

    def test_tokens_are_taken_until_they_are_out_of_date(self):
        for role in ('submissions', 'dovecots'):
            with self.subTest(role=role), self.client(role) as client:
                client.ehlo()
                self.assertEqual(self.sign_in(client, 'XOAUTH2', 'user=%s\1auth=Bearer %s\1\1'
                                              % (ALICE[0], self.token())), 235)
            with self.subTest(role=role), self.client(role) as client:
                client.ehlo()
                self.assertEqual(self.sign_in(client, 'OAUTHBEARER', 'n,a=%s,\1auth=Bearer %s\1\1'
                                              % (ALICE[0], self.token())), 235)
            with self.subTest(role=role), self.client(role) as client:
                client.ehlo()
                self.assertEqual(self.sign_in(client, 'XOAUTH2', 'user=%s\1auth=Bearer %s\1\1'
                                              % (ALICE[0], self.token('alice.token.expired'))), 334)
                self.assertEqual(client.docmd('')[0], 535)

    def test_a_certificate_signs_in_its_owner_only(self):
        for owner, user, code in (('alice', '', 235), ('alice', ALICE[0], 235), ('bob', ALICE[0], 535),
                                  (None, ALICE[0], 535)):
            context = ssl.create_default_context(cafile=self.peer.ca_file)
            if owner:
                pki = self.peer.folder / 'pki'
                context.load_cert_chain(pki / (owner + '.pem'), pki / (owner + '.key'))
            for role in ('dovecot', 'dovecots'):
                with self.subTest(owner=owner, user=user, role=role), self.client(role, context) as client:
                    client.ehlo()
                    self.assertEqual(self.sign_in(client, 'EXTERNAL', user), code)

    def test_bad_certificates_are_bad_for_the_right_reason(self):
        # X509_V_ERR_IP_ADDRESS_MISMATCH, X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT
        for role, reason in (('wrongname', 64), ('expired', 10), ('selfsigned', 18)):
            with self.subTest(role=role), self.assertRaises(ssl.SSLCertVerificationError) as refusal:
                self.peer.connect(role, self.trust)
            self.assertEqual(refusal.exception.verify_code, reason)

    def test_the_tls_version_is_the_role_s(self):
        for role, version in (('submission', 'TLSv1.3'), ('tls12', 'TLSv1.2'), ('dovecot', 'TLSv1.3')):
            with self.client(role) as client:
                self.assertEqual(client.sock.version(), version, role)

    def test_every_copy_tells_its_recipient(self):
        with self.signed_in() as client:
            client.sendmail(ALICE[0], [BOB[0]], MESSAGE % b'copy')
        delivered, = self.peer.delivered(b'Subject: copy')
        self.assertTrue(delivered.startswith(b'Return-Path: <alice@example.test>\n'))
        self.assertIn(b'\nDelivered-To: bob@example.test\n', delivered)

    def test_dovecot_hands_on(self):
        with self.signed_in('dovecot') as client:
            client.mail(ALICE[0])
            for name, code in self.recipient_replies:
                self.assertEqual(client.rcpt(name + '@example.test')[0], code, name)
            self.assertEqual(client.data(MESSAGE % b'handed on')[0], 250)
        delivered, = self.peer.delivered(b'Subject: handed on')
        self.assertTrue(delivered.endswith((MESSAGE % b'handed on').replace(b'\r\n', b'\n')), delivered)

    def test_too_many_recipients_are_told_so(self):
        for role, limit, code in (('submissions', 220, 452), ('dovecots', 210, 451)):
            with self.subTest(role=role), self.signed_in(role) as client:
                client.mail(ALICE[0])
                codes = [client.rcpt('user%d@example.test' % number)[0] for number in range(limit + 1)]
                self.assertEqual(codes, [250] * limit + [code])

    def test_nothing_is_relayed_without_signing_in(self):
        with self.client('submission') as client:
            client.ehlo()
            client.mail(ALICE[0])
            self.assertEqual(client.rcpt(BOB[0])[0], 554)


if __name__ == '__main__':
    main()
