#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

"""test_octets.py FOLDER: whether the octets of the messages that property_write made keep every rule of octets.py."""

import json
import os
import pathlib
import socket
import sys

import octets

MOST_SHOWN = 20


def names_of_this_computer():
    """What tells where a message was written, and by which program."""
    names = {socket.gethostname(), socket.getfqdn(), str(pathlib.Path.home()), os.getcwd(), 'localhost', 'Postrider',
             'User-Agent', 'X-Mailer'}
    return [name.encode() for name in names if len(name) > 2]


def main():
    folder = pathlib.Path(sys.argv[1])
    hidden = names_of_this_computer()
    count = 0
    wrong = 0
    with (folder / 'expected.jsonl').open(encoding='utf-8') as lines:
        for line in lines:
            expected = json.loads(line)
            path = folder / expected['file']
            problems = octets.Octets(path.read_bytes(), expected, hidden).problems
            count += 1
            wrong += bool(problems)
            if problems and wrong <= MOST_SHOWN:
                print(f'{path} ({expected.get("case", "by chance")})')
                print(''.join(f'    {problem}\n' for problem in problems[:8]), end='')
    print(f'{count} messages, {wrong} against the rules; {(folder / "seed.txt").read_text(encoding="utf-8").strip()}')
    return 1 if wrong or not count else 0


sys.exit(main())
