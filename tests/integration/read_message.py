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
import sys


def part(content):
    octets = content.get_payload(decode=True)
    return {
        'type': content.get_content_type(),
        'filename': content.get_filename(),
        'text': content.get_content() if content.get_content_type() == 'text/plain'
        and not content.is_attachment() else None,
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
