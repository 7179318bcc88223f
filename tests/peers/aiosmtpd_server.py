#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""A mail server for tests, made of aiosmtpd; the script aiosmtpd starts it.

aiosmtpd_server.py FOLDER SUBMISSION-PORT SUBMISSIONS-PORT NOSTARTTLS-PORT [USER PASSWORD]...

Roles:
  submission   STARTTLS first, then AUTH PLAIN LOGIN
  submissions  implicit TLS, AUTH PLAIN LOGIN
  nostarttls   AUTH without any TLS; no SMTPUTF8

Mail: FOLDER/mail/new/N, every octet as it was received, but without the doubled dots; the envelope, as JSON, in
FOLDER/mail/envelopes/N.json. SIZE is 6,000,000.

Recipients with a fixed answer, at any domain: tmpfail@ 451, nouser@ 550. A message to dataonly@ is refused with 554
after its last octet.
"""

import asyncio
import itertools
import json
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

SIZE_LIMIT = 6_000_000
REPLIES = {'tmpfail': '451 4.3.0 Temporary local problem, try later', 'nouser': '550 5.1.1 No such user here'}


class Keeper:
    """Writes down what arrives."""

    def __init__(self, folder, numbers):
        self.folder = folder
        self.numbers = numbers

    async def handle_RCPT(self, _server, _session, envelope, address, options):
        refusal = REPLIES.get(address.partition('@')[0])
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.append(options)
        return '250 2.1.5 OK'

    async def handle_DATA(self, _server, session, envelope):
        if any(address.startswith('dataonly@') for address in envelope.rcpt_tos):
            return '554 5.6.0 Refused for what it says'
        number = next(self.numbers)
        envelope_file = self.folder / 'mail' / 'envelopes' / ('%d.json' % number)
        envelope_file.write_text(json.dumps({
            'sender': envelope.mail_from,
            'mail_options': envelope.mail_options,
            'recipients': envelope.rcpt_tos,
            'rcpt_options': envelope.rcpt_options,
            'tls': session.ssl['version'] if session.ssl else None,
            'client': session.host_name,
            # One for each connection.
            'client_port': session.peer[1],
            'user': session.auth_data,
        }))
        # Complete under its name, so that a reader never sees half of it.
        part = self.folder / 'mail' / 'part'
        part.write_bytes(envelope.original_content)
        part.rename(self.folder / 'mail' / 'new' / str(number))
        return '250 2.0.0 Kept as %d' % number


class Server(SMTP):
    """Knows of TLS that was there from the start too."""

    def connection_made(self, transport):
        super().connection_made(transport)
        tls = transport.get_extra_info('ssl_object')
        if tls and self.session:
            self.session.ssl = {'version': tls.version()}


class WishKeeper(Keeper):
    """Offers what a message may wish for."""

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):
        session.host_name = hostname
        wishes = ['DSN', 'REQUIRETLS', 'DELIVERBY 60', 'FUTURERELEASE 86400 2026-12-31T00:00:00Z',
                  'MT-PRIORITY MIXER']
        return responses[:1] + ['250-' + wish for wish in wishes] + responses[1:]


class WishServer(Server):
    """Takes the parameters that belong to them; the library itself knows none."""

    WISHES = {'RET', 'ENVID', 'NOTIFY', 'ORCPT', 'REQUIRETLS', 'BY', 'HOLDFOR', 'HOLDUNTIL', 'MT-PRIORITY'}

    def _getparams(self, params):
        return super()._getparams([param for param in params if param.partition('=')[0] not in self.WISHES])


def make_authenticator(users):
    def authenticate(_server, _session, _envelope, _mechanism, data):
        user = data.login.decode()
        if users.get(user, '').encode() == data.password and data.password:
            return AuthResult(success=True, auth_data=user)
        return AuthResult(success=False, handled=False)
    return authenticate


async def main():
    folder = pathlib.Path(sys.argv[1])
    submission, submissions, wishes, nostarttls = map(int, sys.argv[2:6])
    users = dict(zip(sys.argv[6::2], sys.argv[7::2]))

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / 'pki' / 'good.pem', folder / 'pki' / 'good.key')
    numbers = itertools.count(1)
    keeper = Keeper(folder, numbers)
    common = {'hostname': 'mail.example.test', 'ident': 'ESMTP aiosmtpd', 'data_size_limit': SIZE_LIMIT,
              'authenticator': make_authenticator(users), 'auth_required': True}

    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda: Server(keeper, enable_SMTPUTF8=True, tls_context=context,
                                                require_starttls=True, **common), '127.0.0.1', submission),
        await loop.create_server(lambda: Server(keeper, enable_SMTPUTF8=True, auth_require_tls=False, **common),
                                 '127.0.0.1', submissions, ssl=context),
        await loop.create_server(lambda: WishServer(WishKeeper(folder, numbers), auth_require_tls=False, **common),
                                 '127.0.0.1', wishes, ssl=context),
        await loop.create_server(lambda: Server(keeper, auth_require_tls=False, **common),
                                 '127.0.0.1', nostarttls),
    ]
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == '__main__':
    asyncio.run(main())
