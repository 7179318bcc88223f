# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Uses a program through its windows, as a person does: by the names that a screen reader says, with a real pointer and
real keys.

Needs a display, a window manager and the accessibility bus: see run-in-display.
"""

import os
import pathlib
import signal
import subprocess
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402  (the version must be chosen first)

LIMIT = 20.0  # seconds that anything may take
INTERVAL = 0.05

# Qt's names of the roles that the tests need.
BUTTON = 'push button'
CHECK_BOX = 'check box' # a button that stays down is one, too
DIALOG = 'dialog'
FIELD = 'text'
LIST_ITEM = 'list item'
PASSWORD_FIELD = 'password text'
RADIO_BUTTON = 'radio button'
WINDOW = 'frame'


class NotThere(AssertionError):
    """What a test waited for did not come."""


def wait_for(condition, what, seconds=LIMIT):
    """Asks until the condition gives something true, and returns that."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            answer = condition()
        except GLib.Error:  # a widget went away while it was read
            answer = None
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise NotThere('%s: not within %g seconds' % (what, seconds))
        time.sleep(INTERVAL)


def below(node):
    """A widget and all its descendants."""
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from below(child)


def is_in_state(widget, state):
    return widget.get_state_set().contains(state)


def name_of(widget):
    """Without marks of shortcuts, and without the isolates around foreign words (UAX 9), which nobody sees or hears."""
    return widget.get_name().translate({ord('&'): None, 0x2068: None, 0x2069: None})


def text_of(widget):
    return Atspi.Text.get_text(widget, 0, Atspi.Text.get_character_count(widget))


class Application:
    """A running program with windows."""

    def __init__(self, program, *arguments, artefacts=None):
        self.artefacts = pathlib.Path(artefacts) if artefacts else None
        environment = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON='1', QT_QPA_PLATFORM='xcb')
        self.process = subprocess.Popen([program, *arguments], env=environment)
        self.root = wait_for(self._on_accessibility_bus, '%s on the accessibility bus' % program)

    def _on_accessibility_bus(self):
        if self.process.poll() is not None:
            raise NotThere('the program ended with %d' % self.process.returncode)
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    # --- looking

    def all(self, role, within=None):
        """The widgets of a role that can be seen now."""
        return [widget for widget in below(within or self.root)
                if widget.get_role_name() == role and is_in_state(widget, Atspi.StateType.SHOWING)]

    def find(self, role, name, within=None):
        """The widget of that role and name, as soon as it can be seen and used."""
        def look():
            return next((widget for widget in self.all(role, within)
                         if name_of(widget) == name and is_in_state(widget, Atspi.StateType.ENABLED)), None)
        return wait_for(look, '%s "%s"' % (role, name))

    def find_containing(self, role, *texts, within=None):
        """The first widget of that role whose name has all the texts."""
        def look():
            return next((widget for widget in self.all(role, within)
                         if all(text in name_of(widget) for text in texts)), None)
        return wait_for(look, '%s with %s' % (role, ' and '.join('"%s"' % text for text in texts)))

    def says(self, text, within=None):
        """Waits until a label somewhere says a text."""
        def look():
            return any(text in name_of(widget) or text in (widget.get_description() or '')
                       for role in ('label', 'notification', LIST_ITEM) for widget in self.all(role, within))
        return wait_for(look, 'the words "%s"' % text)

    def screenshot(self, name):
        """Keeps a picture of the whole display for whoever looks at the results."""
        if self.artefacts:
            self.artefacts.mkdir(parents=True, exist_ok=True)
            subprocess.run(['import', '-window', 'root', str(self.artefacts / (name + '.png'))], check=True)

    # --- acting

    def click(self, widget):
        """A click of the pointer in the middle of a widget."""
        area = Atspi.Component.get_extents(widget, Atspi.CoordType.SCREEN)
        subprocess.run(['xdotool', 'mousemove', str(area.x + area.width // 2), str(area.y + area.height // 2),
                        'click', '1'], check=True)

    def press(self, name, within=None):
        """Clicks a button."""
        self.click(self.find(BUTTON, name, within))

    def keys(self, *names):
        subprocess.run(['xdotool', 'key', *names], check=True)

    def type_into(self, name, text, within=None):
        """Clicks a field, replaces what it has and waits until it has the text."""
        field = self.find(FIELD, name, within)
        self.click(field)
        wait_for(lambda: is_in_state(field, Atspi.StateType.FOCUSED), 'the cursor in "%s"' % name)
        self.keys('ctrl+a', 'Delete')
        subprocess.run(['xdotool', 'type', '--delay', '10', text], check=True)
        wait_for(lambda: text_of(field) == text, '"%s" in "%s"' % (text, name))

    def wait_for_focus(self, role, name):
        """The widget of that role and name, as soon as keys go to it."""
        def look():
            return next((widget for widget in self.all(role)
                         if name_of(widget) == name and is_in_state(widget, Atspi.StateType.FOCUSED)), None)
        return wait_for(look, 'the keys at %s "%s"' % (role, name))

    def type_at_focus(self, name, text, role=FIELD):
        """Replaces what the field of that name has, which keys already go to, and waits until it has the text."""
        field = self.wait_for_focus(role, name)
        self.keys('ctrl+a', 'Delete')
        subprocess.run(['xdotool', 'type', '--delay', '10', text], check=True)
        # A password is not shown to anybody: of it there is only the length.
        wait_for(lambda: (text_of(field) == text if role == FIELD
                          else Atspi.Text.get_character_count(field) == len(text)), 'what was typed in "%s"' % name)

    def recipients(self, name):
        """What a screen reader says of each address in a field."""
        field = self.find(FIELD, name)
        return [name_of(field.get_child_at_index(index)) for index in range(field.get_child_count())]

    def type_recipients(self, name, *addresses):
        """Clicks a field and types addresses, each of which is one thing after its comma."""
        field = self.find(FIELD, name)
        self.click(field)
        wait_for(lambda: is_in_state(field, Atspi.StateType.FOCUSED), 'the cursor in "%s"' % name)
        self.keys('ctrl+a', 'Delete')
        for count, address in enumerate(addresses, start=1):
            subprocess.run(['xdotool', 'type', '--delay', '10', address + ','], check=True)
            wait_for(lambda: len(self.recipients(name)) == count and address in self.recipients(name)[-1],
                     '%s in "%s"' % (address, name))

    def text(self, name, within=None):
        return text_of(self.find(FIELD, name, within))

    def wait_until_gone(self, widget, what):
        def is_gone():
            try:
                return not is_in_state(widget, Atspi.StateType.SHOWING)
            except GLib.Error:
                return True
        wait_for(is_gone, what)

    # --- ending

    def quit(self):
        """Asks the program to end, as the session does at its end, and checks that it does."""
        self.process.send_signal(signal.SIGTERM)
        wait_for(lambda: self.process.poll() is not None, 'the end of the program')
        if self.process.returncode != 0:
            raise AssertionError('the program ended with %d' % self.process.returncode)

    def kill(self):
        """Ends the program, whatever state a failed test left it in."""
        self.process.kill()
        self.process.wait()
