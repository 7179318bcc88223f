# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""The test mail servers, for tests in Python."""

import pathlib
import smtplib
import subprocess
import sys
import time

ALICE = ('alice@example.test', 'wonder-land-42')
BOB = ('bob@example.test', 'pässwörd ✓')


def header_lines(content):
    """The lines of a message's header; some servers keep CRLF, most LF."""
    return content.replace(b'\r\n', b'\n').partition(b'\n\n')[0].split(b'\n')


class MailServer:
    """A running server; ends this program with its exit status when it cannot run here."""

    def __init__(self, packages, folder, script='postfix-dovecot'):
        self.folder = pathlib.Path(folder)
        self.ports = {}
        script = pathlib.Path(__file__).with_name(script)
        self.process = subprocess.Popen([script, '--end-with-input', packages, folder],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            words = line.split()
            if words[0] == 'ready':
                return
            if words[0] == 'listen':
                self.ports[words[1]] = (int(words[2]), words[3])
            else:
                print(line, end='')
        sys.exit(self.process.wait())

    @property
    def ca_file(self):
        """The authority behind its certificates."""
        return self.folder / 'pki' / 'ca.pem'

    def connect(self, role, context):
        """A connection of Python's own mail client."""
        port, security = self.ports[role]
        if security == 'tls':
            return smtplib.SMTP_SSL('127.0.0.1', port, context=context, timeout=10)
        client = smtplib.SMTP('127.0.0.1', port, timeout=10)
        if security == 'starttls':
            client.starttls(context=context)
        return client

    def delivered(self, header_line, seconds=15):
        """The delivered messages with that line in their header, as soon as there is one."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [content for content in self.contents() if header_line in header_lines(content)]
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError('no message with %r was delivered' % header_line)

    def contents(self):
        """Every message that was delivered so far."""
        folder = self.folder / 'mail' / 'new'
        return [path.read_bytes() for path in folder.iterdir()] if folder.exists() else []

    def end(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()
