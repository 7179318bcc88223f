#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

"""test_readers.py FOLDER READER

Compares what a reader finds in the messages of FOLDER, which property_write made, with what was put in. READER is
"python", or a program that takes the folder and prints one message in a line, in the form that compare.py describes.

What a reader does to every text, whoever wrote the message, is set aside:
    python           makes one blank of several in a name
    property_reader  makes of invisible characters in names what it makes of blanks
"""

import json
import pathlib
import re
import subprocess
import sys
import unicodedata

import compare
import readers

MOST_SHOWN = 20


def replaced(value, pattern, by):
    """In every text of a JSON value."""
    if isinstance(value, str):
        return re.sub(pattern, by, value)
    if isinstance(value, list):
        return [replaced(one, pattern, by) for one in value]
    if isinstance(value, dict):
        return {key: replaced(one, pattern, by) for key, one in value.items()}
    return value


def with_whole_characters(value):
    """Half of a character that was given arrives as the replacement character."""
    return replaced(value, '[\ud800-\udfff]', '\ufffd')


def is_visible(character):
    """Or joins characters to one, as in emoji."""
    return unicodedata.category(character) != 'Cf' or character in '\u200c\u200d'


def name_shown_by(reader):
    if reader == 'python':
        return lambda name: ' '.join(name.split())
    if reader.endswith('property_reader'):
        return lambda name: ' '.join(''.join(c for c in name if is_visible(c)).split())
    return lambda name: name


def messages_of_python(folder, expectations):
    for expected in expectations:
        seen, defects = readers.read_with_python(folder / expected['file'])
        yield seen, defects


def messages_of_program(program, folder):
    with subprocess.Popen([program, folder], stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            yield json.loads(line), []
    if process.returncode != 0:
        raise SystemExit(f'{program} ended with {process.returncode}')


def main():
    folder = pathlib.Path(sys.argv[1])
    reader = sys.argv[2]
    with (folder / 'expected.jsonl').open(encoding='utf-8') as lines:
        expectations = [with_whole_characters(json.loads(line)) for line in lines]
    is_python = reader == 'python'
    found = messages_of_python(folder, expectations) if is_python else messages_of_program(reader, folder)
    count = 0
    wrong = 0
    for expected, (seen, defects) in zip(expectations, found):
        count += 1
        problems = compare.Comparison(expected, seen, name_shown_by(reader)).problems + defects
        if problems:
            wrong += 1
        if problems and wrong <= MOST_SHOWN:
            print(f'{folder / expected["file"]} ({expected.get("case", "by chance")})')
            print(''.join(f'    {problem}\n' for problem in problems[:8]), end='')
    if count != len(expectations):
        print(f'{len(expectations)} messages were written, {count} were read')
        wrong += 1
    print(f'{count} messages, {wrong} not as expected; {(folder / "seed.txt").read_text(encoding="utf-8").strip()}')
    return 1 if wrong else 0


sys.exit(main())
