#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Reads a message with Python's mail parser, which is not ours, and prints what a recipient would see as JSON.

read_message.py FILE
"""

import email
import email.policy
import hashlib
import json
import re
import sys


def unflowed(text, delsp):
    """The lines as they were written, out of format=flowed (RFC 3676), which Python's parser leaves as it is."""
    lines = []
    open_depth = None  # of the quotation, while the line before goes on
    for line in re.split(r'\r?\n', text):
        marks = re.match('>*', line).group()
        rest = line[len(marks):].removeprefix(' ')  # space-stuffing
        is_separator = rest == '-- '
        flows = rest.endswith(' ') and not is_separator
        words = rest[:-1] if flows and delsp else rest
        if open_depth == len(marks) and not is_separator:
            lines[-1] += words
        else:
            lines.append(f'{marks} {words}' if marks else words)
        open_depth = len(marks) if flows else None
    return '\n'.join(lines)


def shown_text(content):
    text = content.get_content()
    parameters = {name.lower(): value.lower() for name, value in content['content-type'].params.items()}
    if parameters.get('format') != 'flowed':
        return text
    return unflowed(text, delsp=parameters.get('delsp') == 'yes')


def part(content):
    octets = content.get_payload(decode=True)
    is_text = content.get_content_type() == 'text/plain' and not content.is_attachment()
    return {
        'type': content.get_content_type(),
        'filename': content.get_filename(),
        'text': shown_text(content) if is_text else None,
        'sha256': hashlib.sha256(octets).hexdigest(),
    }


def main():
    with open(sys.argv[1], 'rb') as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    defects = [str(defect) for each in message.walk() for defect in each.defects]
    print(json.dumps({
        'subject': message['subject'],
        'from': message['from'],
        'to': message['to'],
        'bcc': message['bcc'],
        'message_id': message['message-id'],
        'parts': [part(each) for each in message.walk() if not each.is_multipart()],
        'defects': defects,
    }))


if __name__ == '__main__':
    main()
