# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

"""Says where the octets of a message break a rule: lines, header fields, encoded words, parameters, boundaries, transfer
encodings, and what must never leave this computer. Strict where readers are liberal: it knows no obsolete form."""

import base64
import binascii
import datetime
import re

ATOM = rb"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x80-\xff-]+"
DOT_ATOM = ATOM + rb'(?:\.' + ATOM + rb')*'
QUOTED = rb'"(?:[ !#-\[\]-~\x80-\xff]|\\[ -~])*"'
LITERAL = rb'\[[!-Z^-~]*\]'
ADDRESS = rb'(?:' + DOT_ATOM + rb'|' + QUOTED + rb')@(?:' + rb'[A-Za-z0-9.-]+' + rb'|' + LITERAL + rb')'
PHRASE = rb'(?:' + ATOM + rb'|' + QUOTED + rb')(?: +(?:' + ATOM + rb'|' + QUOTED + rb'))*'
MAILBOX = rb'(?:(?:' + PHRASE + rb') <' + ADDRESS + rb'>|' + ADDRESS + rb')'
MAILBOXES = re.compile(rb' ' + MAILBOX + rb'(?:, ' + MAILBOX + rb')*')
MESSAGE_ID = re.compile(rb'<' + DOT_ATOM + rb'@(?:' + DOT_ATOM + rb'|' + LITERAL + rb')>')
DATE = re.compile(rb' (Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([1-9]|[12][0-9]|3[01]) '
                  rb'(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([0-9]{4}) '
                  rb'([0-9]{2}):([0-9]{2}):([0-9]{2}) [+-]([0-9]{2})([0-5][0-9])')
DAYS = [b'Mon', b'Tue', b'Wed', b'Thu', b'Fri', b'Sat', b'Sun']
MONTHS = [b'Jan', b'Feb', b'Mar', b'Apr', b'May', b'Jun', b'Jul', b'Aug', b'Sep', b'Oct', b'Nov', b'Dec']
ENCODED_WORD = re.compile(rb'=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=')
TOKEN = rb"[!#$%&'*+.0-9A-Z^_`a-z{|}~-]+"
PARAMETER = re.compile(rb'; (' + TOKEN + rb')=(' + TOKEN + rb'|' + QUOTED + rb')')
BOUNDARY = re.compile(rb"=_[0-9A-Za-z'()+_,./:=?-]{20,66}")
BASE64_LINE = re.compile(rb'[A-Za-z0-9+/]+={0,2}')
QP_LINE = re.compile(rb'(?:[\t !-<>-~]|=[0-9A-F]{2})*=?')

PEOPLE = {b'from', b'sender', b'reply-to', b'to', b'cc', b'disposition-notification-to'}
FIELDS = {b'date', b'subject', b'message-id', b'in-reply-to', b'references', b'importance', b'x-priority',
          b'auto-submitted', b'list-unsubscribe', b'list-unsubscribe-post', b'mime-version', b'content-type',
          b'content-transfer-encoding'} | PEOPLE
PART_FIELDS = {b'content-type', b'content-transfer-encoding', b'content-disposition', b'content-id',
               b'content-description'}
MULTIPARTS = {b'multipart/mixed', b'multipart/alternative', b'multipart/related'}
LONGEST_LINE = 998


def is_ascii(octets):
    return not re.search(rb'[\x80-\xff]', octets)


class Octets:
    """One message. `expected` is what property_write says of it."""

    def __init__(self, octets, expected, hidden=()):
        self.problems = []
        self.expected = expected
        self.is_utf8 = expected['header'] == 'utf8'
        self.boundaries = []
        self.has_utf8_inside = False
        self.lines(octets)
        self.secrets(octets, hidden)
        self.size(octets)
        self.entity(octets, None, 'message')
        if octets and not octets.endswith(b'\r\n') and b'\r\nContent-Transfer-Encoding: base64\r\n' not in octets:
            self.complain('message', 'its last line is not ended')
        for boundary in self.boundaries:
            if any(other != boundary and other.startswith(boundary) for other in self.boundaries):
                self.complain('message', f'{boundary} is the beginning of another boundary')

    def complain(self, where, text):
        self.problems.append(f'{where}: {text}')

    # --- the whole

    def lines(self, octets):
        if re.search(rb'\r(?!\n)|(?<!\r)\n', octets):
            self.complain('message', 'bare CR or LF')
        if b'\0' in octets:
            self.complain('message', 'NUL')
        longest = max(len(line) for line in octets.split(b'\r\n'))
        if longest > LONGEST_LINE:
            self.complain('message', f'a line of {longest} octets')
        control = re.search(rb'[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]', octets)
        if control:
            self.complain('message', f'control character {control.group()}')

    def secrets(self, octets, hidden):
        for secret in self.expected['secrets']:
            if secret.encode() in octets:
                self.complain('message', f'gives away {secret}')
        header = octets[:octets.find(b'\r\n\r\n')]
        for word in hidden:
            if word.lower() in header.lower():
                self.complain('message', f'its header names {word}')

    def size(self, octets):
        for key in ('size', 'announced_size'):
            if self.expected[key] != len(octets):
                self.complain('message', f'{key} is {self.expected[key]}, but it has {len(octets)} octets')
        content = '7bit' if is_ascii(octets) else '8bit'
        if content != self.expected['content']:
            self.complain('message', f'is {content}, but {self.expected["content"]} was told')
        header = octets[:octets.find(b'\r\n\r\n')]
        if not self.is_utf8 and not is_ascii(header):
            self.complain('message', 'raw octets in its header')
        body = octets[octets.find(b'\r\n\r\n'):]
        if self.expected['asked'] == '7bit' and not self.is_utf8 and not is_ascii(body):
            self.complain('message', '8-bit octets although 7bit was asked for')

    # --- header

    def fields(self, header, where):
        fields = []
        for line in header.split(b'\r\n'):
            limit = 76 if ENCODED_WORD.search(line) else 78
            width = len(line.decode('utf-8', 'replace'))
            # An address, an identifier or a URI cannot be broken.
            if width > limit and (b' ' in line.strip().removesuffix(b';') and not self.cannot_break(line)):
                self.complain(where, f'a header line of {width} columns: {line[:120]}')
            if line.strip() == b'' and line:
                self.complain(where, 'a header line of blanks')
            if line.startswith((b' ', b'\t')):
                if not fields:
                    self.complain(where, 'begins with a continuation')
                    continue
                fields[-1][1] += line
            else:
                name, colon, value = line.partition(b':')
                if not re.fullmatch(rb'[!-9;-~]+', name) or not colon:
                    self.complain(where, f'no field: {line[:80]}')
                fields.append([name, value])
        return fields

    @staticmethod
    def cannot_break(line):
        """Only one word stands on it, which could not have been shorter, or raw UTF-8 within its own limit."""
        words = re.findall(rb'[^ "]*' + QUOTED + rb'[^ ]*|[^ ]+', line.strip())
        words = [word for word in words if not re.fullmatch(rb'[!-9;-~]+:', word)]
        return len(words) <= 1

    def encoded_words(self, name, value, where):
        if name in (b'content-type', b'content-disposition'):
            return  # those have parameters
        outside = re.sub(QUOTED, b'""', value) if name in PEOPLE else value
        for word in re.findall(rb'\S*=\?\S*', outside):
            match = ENCODED_WORD.fullmatch(word)
            if not match:
                if name in PEOPLE and b'@' in word:
                    continue  # in an address
                self.complain(where, f'looks like an encoded word: {word[:90]}')
                continue
            charset, encoding, text = match.groups()
            if len(word) > 75 or charset != b'utf-8':
                self.complain(where, f'encoded word: {word[:90]}')
            try:
                if encoding == b'B':
                    octets = base64.b64decode(text, validate=True)
                else:
                    if not re.fullmatch(rb'(?:[A-Za-z0-9!*+/_-]|=[0-9A-F]{2})+', text):
                        self.complain(where, f'not legal in a phrase: {word}')
                    octets = binascii.a2b_qp(text, header=True)
                octets.decode('utf-8')
            except (ValueError, binascii.Error):
                self.complain(where, f'an encoded word that is no text by itself: {word}')
        if re.search(rb'=\?utf-8\?B\?[^?]*=\?= =\?utf-8\?B\?', value):
            self.complain(where, f'base64 with padding before more of it: {value[:200]}')

    def message_header(self, fields, where):
        names = [name.lower() for name, _ in fields]
        custom = {name.lower().encode() for name, _ in self.expected['custom']}
        for name in names:
            if names.count(name) > 1:
                self.complain(where, f'{name} stands twice')
            if name not in FIELDS | custom:
                self.complain(where, f'field {name}')
        for name in (b'date', b'from', b'to', b'message-id', b'subject', b'mime-version', b'content-type'):
            if name not in names:
                self.complain(where, f'no {name}')
        values = {name.lower(): value for name, value in fields}
        for name in PEOPLE & set(values):
            value = values[name]
            if name == b'to' and value == b' undisclosed-recipients:;':
                continue
            if not MAILBOXES.fullmatch(value):
                self.complain(where, f'{name}: not a list of mailboxes: {value[:300]}')
        if values.get(b'mime-version') != b' 1.0':
            self.complain(where, 'MIME-Version')
        self.date(values.get(b'date', b''), where)
        identifier = values.get(b'message-id', b'').strip()
        if not MESSAGE_ID.fullmatch(identifier):
            self.complain(where, f'Message-ID {identifier}')
        for name in (b'in-reply-to', b'references'):
            for one in values.get(name, b'').split():
                if not MESSAGE_ID.fullmatch(one):
                    self.complain(where, f'{name} {one}')

    def date(self, value, where):
        match = DATE.fullmatch(value)
        if not match:
            self.complain(where, f'Date {value}')
            return
        weekday, day, month, year, hour, minute, second = match.groups()[:7]
        date = datetime.date(int(year), MONTHS.index(month) + 1, int(day))
        if DAYS[date.weekday()] != weekday or int(hour) > 23 or int(minute) > 59 or int(second) > 60:
            self.complain(where, f'Date {value}')

    def parameters(self, value, where):
        """The value before the first semicolon and the parameters, each in a strict form."""
        first, semicolon, _ = value.partition(b';')
        rest = value[len(first):]
        parameters = {}
        while rest:
            match = PARAMETER.match(rest)
            if not match:
                self.complain(where, f'parameters: {rest[:120]}')
                break
            name, text = match.groups()
            if name in parameters:
                self.complain(where, f'{name} stands twice')
            if name.endswith(b'*'):
                self.extended(name, text, where)
                parameters[name] = text
            else:
                parameters[name] = re.sub(rb'\\(.)', rb'\1', text[1:-1]) if text.startswith(b'"') else text
            rest = rest[match.end():]
        self.continuations(parameters, where)
        return first.strip(), parameters

    def extended(self, name, text, where):
        """RFC 2231: the charset on the first piece only; whole characters in each."""
        number = re.fullmatch(rb'[a-z]+(?:\*(0|[1-9][0-9]*))?\*', name)
        if not number:
            self.complain(where, f'parameter {name}')
            return
        if number.group(1) in (None, b'0'):
            if not text.startswith(b"utf-8''"):
                self.complain(where, f'{name} has no charset: {text}')
                return
            text = text[7:]
        if b"'" in text or not re.fullmatch(rb"(?:[A-Za-z0-9!#$&+.^_`{|}~-]|%[0-9A-F]{2})*", text):
            self.complain(where, f'{name}: {text}')
        octets = re.sub(rb'%(..)', lambda match: bytes([int(match.group(1), 16)]), text)
        try:
            octets.decode('utf-8')
        except ValueError:
            self.complain(where, f'{name} cuts a character: {text}')

    def continuations(self, parameters, where):
        numbers = [int(match.group(1)) for match in
                   (re.fullmatch(rb'filename\*([0-9]+)\*?', name) for name in parameters) if match]
        if numbers != list(range(len(numbers))) or len(numbers) == 1:
            self.complain(where, f'pieces {numbers}')

    # --- body

    def entity(self, octets, parent, where):
        header, empty, body = octets.partition(b'\r\n\r\n')
        if not empty:
            self.complain(where, 'no empty line behind the header')
        fields = self.fields(header, where)
        for name, value in fields:
            self.encoded_words(name.lower(), value, where)
        if parent is None:
            self.message_header(fields, where)
        else:
            names = [name.lower() for name, _ in fields]
            if len(set(names)) != len(names) or not set(names) <= PART_FIELDS:
                self.complain(where, f'fields {names}')
        values = {name.lower(): value for name, value in fields}
        if b'content-type' not in values:
            self.complain(where, 'no Content-Type')
            return b'text/plain'
        kind, parameters = self.parameters(values[b'content-type'], where)
        if not re.fullmatch(rb'[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+', kind):
            self.complain(where, f'type {kind}')
        if b'content-disposition' in values:
            self.disposition(values[b'content-disposition'], parameters, where)
        identifier = values.get(b'content-id')
        if identifier is not None and not MESSAGE_ID.fullmatch(identifier.strip()):
            self.complain(where, f'Content-ID {identifier}')
        encoding = values.get(b'content-transfer-encoding', b'').strip()
        if kind.startswith(b'multipart/'):
            self.multipart(kind, parameters, encoding, body, where)
        elif kind == b'message/rfc822':
            if encoding not in (b'7bit', b'8bit'):
                self.complain(where, f'a message in {encoding}')
            if encoding == b'7bit' and not is_ascii(body):
                self.complain(where, 'an 8-bit message in 7bit')
        else:
            self.leaf(kind, parameters, encoding, body, where)
        return kind

    def disposition(self, value, type_parameters, where):
        kind, parameters = self.parameters(value, where)
        if kind not in (b'inline', b'attachment'):
            self.complain(where, f'disposition {kind}')
        name = type_parameters.get(b'name')
        if name is None or not any(one.startswith(b'filename') for one in parameters):
            self.complain(where, 'a name for some readers only')
        if name and re.search(rb'[/\\\r\n]', name) and not name.startswith(b'=?'):
            self.complain(where, f'name {name}')
        match = ENCODED_WORD.fullmatch(name or b'')
        if b'=?' in (name or b'') and (not match or len(name) > 75):
            self.complain(where, f'name {name}')

    def multipart(self, kind, parameters, encoding, body, where):
        boundary = parameters.get(b'boundary', b'')
        if kind not in MULTIPARTS or encoding:
            self.complain(where, f'{kind} in {encoding}')
        if not BOUNDARY.fullmatch(boundary) or len(boundary) > 70:
            self.complain(where, f'boundary {boundary}')
            return
        self.boundaries.append(boundary)
        parts = (b'\r\n' + body).split(b'\r\n--' + boundary)
        if parts[0]:
            self.complain(where, 'text before the first part')
        if parts[-1] not in (b'--', b'--\r\n'):
            self.complain(where, f'ends with {parts[-1][:80]}')
        parts = parts[1:-1]
        if len(parts) < 2:
            self.complain(where, f'{kind} of {len(parts)} parts')
        kinds = []
        for number, part in enumerate(parts, 1):
            if not part.startswith(b'\r\n'):
                self.complain(where, f'a line that begins with the boundary: {part[:40]}')
            if boundary in part:
                self.complain(where, 'its boundary stands within a part')
            kinds.append(self.entity(part[2:], kind, f'{where}.{number}'))
        if kind == b'multipart/related' and parameters.get(b'type') != kinds[0]:
            self.complain(where, f'the root is {kinds[0]}')
        if kind == b'multipart/alternative' and kinds[0] != b'text/plain':
            self.complain(where, f'begins with {kinds[0]}')

    def leaf(self, kind, parameters, encoding, body, where):
        if encoding == b'7bit':
            if not is_ascii(body):
                self.complain(where, '8-bit octets in 7bit')
            content = body
        elif encoding == b'8bit':
            if self.expected['asked'] != '8bit':
                self.complain(where, '8bit, which was not asked for')
            content = body
        elif encoding == b'quoted-printable':
            content = self.quoted_printable(body, where)
        elif encoding == b'base64':
            content = self.base64(body, where)
        else:
            self.complain(where, f'encoding {encoding}')
            return
        is_attached = b'name' in parameters
        if kind.startswith(b'text/') or b'charset' in parameters:
            self.charset(kind, parameters, content, is_attached, where)
        if kind == b'text/plain' and parameters.get(b'format') == b'flowed':
            self.flowed(content, parameters, where)
        elif b'delsp' in parameters:
            self.complain(where, 'delsp without format')
        if self.expected['protected'] and not is_attached and encoding in (b'7bit', b'8bit'):
            if re.search(rb'(?m)^From |[ \t]\r$', body):
                self.complain(where, 'something that servers change, in what is to be signed')
        if encoding in (b'quoted-printable', b'base64') and not is_attached and not self.expected['protected']:
            boundaries = [self.expected['boundary'][2:].encode()]
            needless = is_ascii(content) and not re.search(rb'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]', content) and max(
                len(line) for line in content.split(b'\r\n')) <= LONGEST_LINE
            if needless and not any(one in content for one in boundaries):
                self.complain(where, f'{encoding} for nothing')

    def charset(self, kind, parameters, content, is_attached, where):
        charset = parameters.get(b'charset', b'')
        if charset not in (b'us-ascii', b'utf-8'):
            self.complain(where, f'charset {charset}')
            return
        if (charset == b'us-ascii') != is_ascii(content):
            self.complain(where, f'{kind} in {charset}')
        try:
            content.decode('utf-8')
        except ValueError:
            self.complain(where, 'is not in its charset')
        if not is_attached and re.search(rb'\r(?!\n)|(?<!\r)\n', content):
            self.complain(where, 'its lines are not in canonical form')

    def flowed(self, content, parameters, where):
        """RFC 3676 section 4.2: lines are at most 78 characters, unless a word is longer."""
        for line in content.decode('utf-8').split('\r\n'):
            text = line.lstrip('>').removeprefix(' ').rstrip(' ')
            if len(line) > 78 and ' ' in text and line.endswith(' ') and parameters.get(b'delsp') != b'yes':
                self.complain(where, f'a flowed line of {len(line)} characters: {line[:100]!a}')
            if line.startswith('From '):
                self.complain(where, 'a line with "From " in front')

    def quoted_printable(self, body, where):
        for line in body.split(b'\r\n'):
            if len(line) > 76 or not QP_LINE.fullmatch(line) or line.endswith((b' ', b'\t')):
                self.complain(where, f'line {line[:90]}')
            if line == b'.' or line.startswith(b'From '):
                self.complain(where, f'a line that servers change: {line}')
        return binascii.a2b_qp(body)

    def base64(self, body, where):
        lines = body.removesuffix(b'\r\n').split(b'\r\n')
        if lines == [b'']:
            return b''
        for line in lines[:-1]:
            if len(line) != 76 or not BASE64_LINE.fullmatch(line) or line.endswith(b'='):
                self.complain(where, f'line {line[:90]}')
                break
        if len(lines[-1]) > 76 or len(lines[-1]) % 4 or not BASE64_LINE.fullmatch(lines[-1]):
            self.complain(where, f'last line {lines[-1][:90]}')
        try:
            return base64.b64decode(body.replace(b'\r\n', b''), validate=True)
        except binascii.Error as error:
            self.complain(where, f'base64: {error}')
            return b''
