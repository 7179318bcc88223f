# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

"""Reads a message with Python's email package into the form that compare.py describes."""

import email
import email.policy
import hashlib
import re

POLICY = email.policy.default
PEOPLE = {'from': 'from', 'sender': 'sender', 'reply-to': 'reply_to', 'to': 'to', 'cc': 'cc',
          'disposition-notification-to': 'receipt_to'}
IDENTIFIERS = {'in-reply-to': 'in_reply_to', 'references': 'references'}
PARAMETERS = ('charset', 'format', 'delsp', 'type', 'method')


def fields_of(message):
    """Name in lower case and value of every field. Python reads octets beyond ASCII as broken ones; in a message with a
    raw header they are UTF-8."""
    for name, value in message.raw_items():
        raw = str(value).encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')
        kind = 'to' if name.lower() == 'disposition-notification-to' else name
        unfolded = re.sub('\r?\n', '', raw)
        # In names, Python takes the blank between two encoded words for one of the name; RFC 2047 section 6.2 says that
        # it is none.
        if name.lower() in PEOPLE:
            unfolded = re.sub(r'(=\?[^? ]+\?[BbQq]\?[^? ]*\?=) +(?==\?[^? ]+\?[BbQq]\?[^? ]*\?=)', r'\1', unfolded)
        yield name.lower(), POLICY.header_factory(kind, unfolded)


def people(field):
    return [[one.display_name, one.username, one.domain] for one in field.addresses]


def read_message(message):
    seen = {'date': '', 'message_id': '', 'subject': '', 'fields': {}, 'body': read_part(message)}
    seen.update((key, []) for key in [*PEOPLE.values(), *IDENTIFIERS.values()])
    for name, field in fields_of(message):
        if name in PEOPLE:
            seen[PEOPLE[name]] += people(field)
        elif name in IDENTIFIERS:
            seen[IDENTIFIERS[name]] += str(field).split()
        elif name == 'date':
            seen['date'] = field.datetime.isoformat()
        elif name == 'message-id':
            seen['message_id'] = str(field)
        elif name == 'subject':
            seen['subject'] = str(field)
        elif not name.startswith('content-'):
            seen['fields'][name] = str(field)
    return seen


def read_part(part):
    fields = dict(fields_of(part))
    content_type = fields.get('content-type')
    disposition = fields.get('content-disposition')
    parameters = dict(content_type.params) if content_type else {}
    seen = {
        'type': content_type.content_type if content_type else 'text/plain',
        'parameters': {name: value for name, value in parameters.items() if name in PARAMETERS},
        'disposition': disposition.content_disposition if disposition else '',
        'name': disposition.params.get('filename', '') if disposition else '',
        'content_id': str(fields.get('content-id', '')),
        'description': str(fields.get('content-description', '')),
    }
    if seen['type'].startswith('multipart/'):
        seen['children'] = [read_part(child) for child in part.get_payload()]
    elif seen['type'] == 'message/rfc822':
        seen['message'] = read_message(part.get_payload(0))
    else:
        octets = part.get_payload(decode=True)
        seen['size'] = len(octets)
        seen['sha256'] = hashlib.sha256(octets).hexdigest()
        if seen['type'].startswith('text/') and not seen['name']:
            seen['text'] = octets.decode(parameters.get('charset', 'us-ascii'))
    return seen


def defects_of(message):
    """What Python complains about, but for the one thing that is done knowingly: an encoded word in a quoted name."""
    for part in message.walk():
        yield from (str(defect) for defect in part.defects)


def read_with_python(path):
    """What it found, and what it complains about."""
    message = email.message_from_bytes(path.read_bytes(), policy=POLICY)
    return read_message(message), list(defects_of(message))
