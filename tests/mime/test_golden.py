#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

"""Reads every message of tests/data/mime with Python's email package: no defect anywhere, no part that is
not what it says, and the structure that is expected."""

import email
import email.policy
import pathlib
import sys

FILE = 'application/octet-stream'
HTML = 'alternative[text/plain, text/html]'
PICTURE = 'alternative[text/plain, related[text/html, image/png]]'
STRUCTURES = {
    'ascii': 'text/plain',
    'attachments': 'mixed[text/plain, application/vnd.openxmlformats-officedocument.wordprocessingml.document, '
                   'image/jpeg]',
    'bcc-only': 'text/plain',
    'calendar': 'alternative[text/plain, text/html, text/calendar]',
    'eight-bit': 'mixed[text/plain, message/rfc822]',
    'emoji-subject': 'text/plain',
    'fixed': 'text/plain',
    'flowed': 'text/plain',
    'flowed-japanese': 'text/plain',
    'german': 'text/plain',
    'html': HTML,
    'html-picture': PICTURE,
    'html-embedded-picture': PICTURE,
    'html-picture-files': f'mixed[{PICTURE}, text/plain, application/pdf]',
    'message': 'mixed[text/plain, message/rfc822]',
}
FILE_TYPES = [
    'audio/mpeg', 'audio/mp4', 'video/mp4', 'video/quicktime', 'image/heic', 'image/jpeg',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet',
    'application/zip', 'application/pdf', FILE,
]
STRUCTURES['files'] = f'mixed[text/plain, {", ".join(FILE_TYPES)}]'

problems = []


def complain(name, text):
    problems.append(f'{name}: {text}')


def structure(part):
    if part.get_content_type() == 'message/rfc822' or not part.is_multipart():
        return part.get_content_type()
    return f'{part.get_content_subtype()}[{", ".join(structure(child) for child in part.iter_parts())}]'


def check_part(name, part):
    if part.defects:
        complain(name, f'{part.get_content_type()} has {part.defects}')
    for field, value in part.items():
        if getattr(value, 'defects', ()):
            # The name of Content-Type is an encoded word within quotes for readers that know no other form.
            if field.lower() == 'content-type' and 'name="=?' in part.as_string():
                continue
            complain(name, f'{field} has {value.defects}')
    if part.get_content_maintype() == 'text':
        text = part.get_content()
        if '\ufffd' in text:
            complain(name, f'{part.get_content_type()} is not in the charset that it states')
        if part.get_content_charset() == 'us-ascii' and not text.isascii():
            complain(name, 'us-ascii is stated for what is not')
    if part.get_content_type() == 'multipart/related':
        root = next(part.iter_parts())
        if part.get_param('type') != root.get_content_type():
            complain(name, 'the type of multipart/related is not that of its root')
        ids = {child['Content-ID'][1:-1] for child in part.iter_parts() if child['Content-ID']}
        html = root.get_content()
        if not ids or any(f'cid:{one}' not in html for one in ids) or html.count('src="cid:') < len(ids):
            complain(name, 'pictures and their places do not agree')
    if part.get_content_type() == 'application/octet-stream' and part.get_filename() == 'unknown':
        if part.get_payload(decode=True) != bytes(range(200)):
            complain(name, 'an attachment has other octets')


def unflowed(part):
    """RFC 3676 section 4, for text without quotations."""
    paragraphs = ['']
    for line in part.get_content().splitlines():
        line = line[1:] if line.startswith(' ') else line
        is_flowed = line.endswith(' ') and line != '-- '
        if is_flowed and part.get_param('delsp') == 'yes':
            line = line[:-1]
        paragraphs[-1] += line
        if not is_flowed:
            paragraphs.append('')
    return paragraphs[:-1]


def check(path):
    name = path.stem
    octets = path.read_bytes()
    if b'\n' in octets.replace(b'\r\n', b''):
        complain(name, 'bare LF')
    for line in octets.split(b'\r\n'):
        if len(line) > 998:
            complain(name, 'a line over 998 octets')
    policy = email.policy.default.clone(utf8=True) if name == 'eight-bit' else email.policy.default
    message = email.message_from_bytes(octets, policy=policy)
    if name in STRUCTURES:
        found = structure(message)
        if found != STRUCTURES[name]:
            complain(name, f'is {found}')
    for part in message.walk():
        check_part(name, part)
    if name == 'flowed-japanese':
        sentence = '日本語の文章には、言葉のあいだに空白がありません。'
        if unflowed(message) != [sentence * 4, '終わり']:
            complain(name, f'reads as {unflowed(message)}')
    if name == 'message':
        inner = list(message.iter_parts())[1].get_content()
        if inner['Subject'] != 'old' or inner.get_content().splitlines() != ['Grüße aus Köln']:
            complain(name, 'the attached message reads otherwise')
    if name == 'html-picture-files':
        file = [part for part in message.walk() if part.get_filename() == 'umlauts.txt'][0]
        if file.get_payload(decode=True) != 'Grüße\nohne Zeilenende'.encode():
            complain(name, 'the text file has other octets')
        if file['Content-Description'] != 'Grüße, nur so':
            complain(name, 'the description reads otherwise')


paths = sorted(pathlib.Path(sys.argv[1]).glob('*.eml'))
missing = set(STRUCTURES) - {path.stem for path in paths}
if missing:
    complain('golden files', f'missing: {", ".join(sorted(missing))}')
for golden in paths:
    if golden.stem in STRUCTURES:
        check(golden)
print('\n'.join(problems) or f'{len(STRUCTURES)} messages are as expected')
sys.exit(1 if problems else 0)
