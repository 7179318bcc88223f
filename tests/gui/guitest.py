# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""What the tests with windows share: a profile of their own, the programs, and pictures when something fails."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from gi.repository import Gio, GLib

from drive import Application


def secrets_in_keyring():
    """Every password in the session's keyring, as text (Secret Service API, without encryption on the bus)."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(path, interface, method, arguments, answer):
        return bus.call_sync('org.freedesktop.secrets', path, 'org.freedesktop.Secret.' + interface, method,
                             arguments, GLib.VariantType(answer), Gio.DBusCallFlags.NONE, 10_000).unpack()

    service = '/org/freedesktop/secrets'
    _, session = call(service, 'Service', 'OpenSession', GLib.Variant('(sv)', ('plain', GLib.Variant('s', ''))),
                      '(vo)')
    items, locked = call(service, 'Service', 'SearchItems', GLib.Variant('(a{ss})', ({},)), '(aoao)')
    assert not locked
    found = call(service, 'Service', 'GetSecrets', GLib.Variant('(aoo)', (items, session)), '(a{o(oayays)})')[0]
    return [bytes(secret[2]).decode() for secret in found.values()]


class GuiTest(unittest.TestCase):
    """Runs the programs that the environment names: POSTRIDER, POSTRIDER_CLI; pictures go to POSTRIDER_ARTEFACTS."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='postrider-gui-'))
        self.addCleanup(shutil.rmtree, self.folder)
        self.profile = self.folder / 'profile'
        self.application = None

    def leave_out_undo(self):
        """Messages leave at once: what happens to them then is not about the ten seconds to take them back."""
        self.cli('settings', 'set', 'sending/undoSeconds', '0')

    def start(self, *arguments):
        """Opens the program's windows."""
        self.application = Application(os.environ['POSTRIDER'], '--profile', str(self.profile), *arguments,
                                       artefacts=os.environ.get('POSTRIDER_ARTEFACTS'))
        # Cleanups run in reverse order: the picture is taken before the program ends.
        self.addCleanup(self.application.kill)
        self.addCleanup(self._picture_of_failure)
        return self.application

    def _picture_of_failure(self):
        outcome = self._outcome.result
        if any(test is self for test, _ in outcome.failures + outcome.errors):
            self.application.screenshot('failed-' + self.id().rpartition('.')[2])

    def cli(self, *arguments, standard_input=''):
        """Runs postrider-cli on the same profile; returns the JSON objects that it printed."""
        done = subprocess.run([os.environ['POSTRIDER_CLI'], '--profile', str(self.profile), '--json', *arguments],
                              input=standard_input, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]
