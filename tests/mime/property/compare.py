# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

"""Says what a reader found in a message that is not what was put in.

What a reader found is a "message": a dictionary with
    date, message_id, subject                    as a person sees them (the date in the form of ISO 8601)
    from, sender, reply_to, to, cc, receipt_to   lists of [name, local part, domain], without quotes
    in_reply_to, references                      lists of identifiers with their angle brackets
    fields                                       the text of every other field by its name in lower case
    body                                         a "part"
and a part is a dictionary with
    type                                         in lower case
    parameters                                   charset, format, delsp, type, method: those that are there
    disposition, name, content_id, description   "" where there is none
    children                                     of a multipart: parts
    message                                      of a message/rfc822: a message
    sha256, size                                 of the decoded octets of any other part
    text                                         the same as text, where the part is text without a name

The rules by which our writer changes what it was given (control characters, blanks, file names) are written here once
more, from the promises in its headers.
"""

import html.parser
import re
import unicodedata

LINE_END = re.compile('\r\n|\r|\n|\u2028|\u2029')
INVISIBLE_DIRECTIONS = re.compile('[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def without_controls(text):
    """A header shows a blank for what ends a line or cannot be seen."""
    return ''.join(' ' if unicodedata.category(c) == 'Cc' or c in '\u2028\u2029' else c for c in text)


def safe_file_name(name):
    name = re.split(r'[/\\]', name)[-1]
    name = ''.join(c for c in name if unicodedata.category(c) != 'Cc' and c not in '\u2028\u2029')
    name = INVISIBLE_DIRECTIONS.sub('', name).strip()
    return 'attachment' if name in ('', '.', '..') else name


def lines_of(text):
    lines = LINE_END.split(text)
    return lines[:-1] if lines[-1] == '' else lines


def quoted_line(line):
    """Depth of the quotation, and the line without its marks."""
    depth = 0
    while line.startswith('>') or (depth > 0 and line.startswith(' >')):
        line = line[1:] if line.startswith('>') else line[2:]
        depth += 1
    if depth > 0 and line.startswith(' '):
        line = line[1:]
    return depth, line


def flowed_paragraphs(text):
    """What was typed, as format=flowed keeps it."""
    lines = (quoted_line(line) for line in lines_of(text))
    return [(depth, line if line == '-- ' else line.rstrip(' \t')) for depth, line in lines]


def unflowed(text, delsp):
    """RFC 3676, section 4.1 to 4.5."""
    paragraphs = []
    is_open = False
    for line in lines_of(text):
        depth = len(line) - len(line.lstrip('>'))
        line = line[depth:]
        line = line[1:] if line.startswith(' ') else line
        is_separator = line == '-- '
        flows = line.endswith(' ') and not is_separator
        if flows and delsp:
            line = line[:-1]
        if is_open and not is_separator and paragraphs[-1][0] == depth:
            paragraphs[-1] = (depth, paragraphs[-1][1] + line)
        else:
            paragraphs.append((depth, line))
        is_open = flows
    return paragraphs


class HtmlReader(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.words = []
        self.images = []
        self.links = []
        self.tags = set()
        self.attributes = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.add(tag)
        self.attributes |= set(attributes)
        if tag == 'img':
            self.images.append((attributes.get('src', ''), attributes.get('alt')))
        if tag == 'a':
            self.links.append(attributes.get('href'))

    def handle_data(self, data):
        self.words += data.split()

    def text(self):
        return ' '.join(self.words)


def excerpts(expected, seen):
    """What differs, and a little before it: texts can be long."""
    expected, seen = ascii(expected), ascii(seen)
    common = 0
    while common < min(len(expected), len(seen)) and expected[common] == seen[common]:
        common += 1
    begin = max(0, common - 30)
    return f'expected {expected[begin:begin + 160]}, found {seen[begin:begin + 160]}'


class Comparison:
    """One message, as a reader sees it. shown_name makes of a name what this reader always makes of it."""

    def __init__(self, expected, seen, shown_name):
        self.problems = []
        self.shown_name = shown_name
        self.message(expected, seen, 'message')

    def equal(self, where, expected, seen):
        if isinstance(expected, list) and isinstance(seen, list) and len(expected) == len(seen):
            for one, other in zip(expected, seen):
                if one != other:
                    self.problems.append(f'{where}: {excerpts(one, other)}')
            return
        if expected != seen:
            self.problems.append(f'{where}: {excerpts(expected, seen)}')

    def message(self, expected, seen, where):
        self.is_normalized = expected['header'] == 'utf8' or expected['may_be_raw']
        self.header(expected, seen, where)
        self.body(expected, seen['body'], where)

    # --- header

    def shown(self, text):
        text = without_controls(text)
        return unicodedata.normalize('NFC', text) if self.is_normalized else text

    def people(self, people):
        shown = []
        for name, local, domain in people:
            name = self.shown(name).strip()
            shown.append([self.shown_name(name), local, domain])
        return shown

    def header(self, expected, seen, where):
        self.equal(f'{where} Date', expected['date'].replace('Z', '+00:00'), seen['date'].replace('Z', '+00:00'))
        self.equal(f'{where} Message-ID', expected['message_id'], seen['message_id'])
        self.equal(f'{where} Subject', self.shown(expected['subject']), seen['subject'])
        for field in ('from', 'sender', 'reply_to', 'to', 'cc'):
            self.equal(f'{where} {field}', self.people(expected.get(field, [])), self.people(seen[field]))
        author = expected['from'][0]
        receipt_to = [['', author[1], author[2]]] if expected['wants_receipt'] else []
        self.equal(f'{where} Disposition-Notification-To', receipt_to, seen['receipt_to'])
        for field in ('in_reply_to', 'references'):
            self.equal(f'{where} {field}', expected[field], seen[field])
        fields = dict(expected['exact'])
        fields.update((name.lower(), self.shown(value).strip()) for name, value in expected['custom'])
        fields['mime-version'] = '1.0'
        # A blank before a structured field's first word is no part of it.
        found = {name: value.strip() if name in expected['exact'] else value for name, value in seen['fields'].items()}
        self.equal(f'{where} other fields', sorted(fields.items()), sorted(found.items()))

    # --- body

    def body(self, expected, seen, where):
        files = expected['attachments']
        if files:
            self.equal(f'{where} type', 'multipart/mixed', seen['type'])
            children = seen.get('children', [])
            self.equal(f'{where} number of parts', len(files) + 1, len(children))
            if len(children) != len(files) + 1:
                return
            for number, (file, part) in enumerate(zip(files, children[1:]), 1):
                self.file(file, part, f'{where} attachment {number}')
            seen = children[0]
        self.forms(expected, seen, where)

    def forms(self, expected, seen, where):
        """The text in all its forms, the poorest first."""
        wanted = ['text/plain']
        if expected['has_html']:
            wanted.append('html')
        if 'calendar' in expected:
            wanted.append('text/calendar')
        parts = [seen]
        if len(wanted) > 1:
            self.equal(f'{where} type', 'multipart/alternative', seen['type'])
            parts = seen.get('children', [])
            self.equal(f'{where} number of forms', len(wanted), len(parts))
        for kind, part in zip(wanted, parts):
            if kind == 'html':
                self.html(expected, part, f'{where} HTML')
            elif kind == 'text/plain':
                self.plain(expected, part, f'{where} text')
            else:
                self.equal(f'{where} type', kind, part['type'])
                self.equal(f'{where} method', 'REQUEST', part['parameters'].get('method'))
                self.equal(f'{where} calendar', lines_of(expected['calendar']), part.get('text', '').split('\r\n')[:-1])

    def lines(self, part, where):
        """The lines of a text; each ends with CRLF."""
        text = part.get('text', '')
        lines = text.split('\r\n')
        self.equal(f'{where}: what is behind the last line end', '', lines[-1])
        return lines[:-1]

    def plain(self, expected, part, where):
        self.equal(f'{where} type', 'text/plain', part['type'])
        self.equal(f'{where} disposition and name', ('', ''), (part['disposition'], part['name']))
        is_flowed = part['parameters'].get('format', '').lower() == 'flowed'
        delsp = part['parameters'].get('delsp', '').lower() == 'yes'
        text = part.get('text', '')
        if expected['form'] != 'automatic' and (expected['text'] or not expected['has_html']):
            self.equal(f'{where} flows', expected['form'] == 'flowed', is_flowed)
        if expected['has_html'] and not expected['text']:
            # Made from the HTML: every word is there, in order.
            lines = unflowed(text, delsp) if is_flowed else [quoted_line(line) for line in self.lines(part, where)]
            shown = ' '.join(' '.join(line for _, line in lines).split())
            position = 0
            for piece in expected['html']:
                words = ' '.join(piece.split())
                found = shown.find(words, position)
                if found < 0:
                    self.problems.append(f'{where}: {words!a} is missing in {shown!a:.800}')
                position = max(found, position)
        elif is_flowed:
            self.equal(where, flowed_paragraphs(expected['text']), unflowed(text, delsp))
        else:
            self.equal(where, lines_of(expected['text']), self.lines(part, where))

    def html(self, expected, part, where):
        images = expected.get('images', [])
        pictures = []
        if images:
            self.equal(f'{where} type', 'multipart/related', part['type'])
            self.equal(f'{where} root', 'text/html', part['parameters'].get('type'))
            pictures = part.get('children', [])[1:]
            part = (part.get('children') or [part])[0]
        self.equal(f'{where} type', 'text/html', part['type'])
        reader = HtmlReader(part.get('text', ''))
        self.equal(where, ' '.join(' '.join(piece.split()) for piece in expected['html']),
                   reader.text())
        evil = {tag for tag in reader.tags if tag in ('script', 'title')} | {a for a in reader.attributes if a[:2] == 'on'}
        self.equal(f'{where}: what must not be there', set(), evil)
        by_id = {f'cid:{picture["content_id"].strip("<>")}': picture for picture in pictures}
        self.equal(f'{where} number of pictures', len(images), len(by_id))
        found = [(by_id.get(source, {}).get('sha256'), alt) for source, alt in reader.images]
        self.equal(f'{where} pictures', [(image['sha256'], image['alt']) for image in images], found)
        for picture in pictures:
            self.equal(f'{where} picture', ('image/png', 'inline'), (picture['type'], picture['disposition']))

    def file(self, expected, part, where):
        self.equal(f'{where} disposition', 'attachment', part['disposition'])
        self.equal(f'{where} name', safe_file_name(expected['file_name']), part['name'].strip())
        self.equal(f'{where} description', self.shown(expected['description']), part['description'])
        if 'message' in part:
            if 'message' in expected:
                is_normalized = self.is_normalized
                self.message(expected['message'], part['message'], f'{where}:')
                self.is_normalized = is_normalized
            elif expected['sha256'] != part.get('sha256', expected['sha256']):
                self.problems.append(f'{where}: another message')
            return
        if 'message' in expected and not needs_raw_header(expected['message']):
            self.problems.append(f'{where}: a message, but it came as {part["type"]}')
        self.equal(f'{where} size', expected['size'], part.get('size'))
        self.equal(f'{where} octets', expected['sha256'], part.get('sha256'))
        self.equal(f'{where} type', expected_type(expected, part), part['type'])


def needs_raw_header(message):
    """Such a message cannot be made 7-bit, and goes as a file."""
    inner = [file['message'] for file in message['attachments'] if 'message' in file]
    return message['header'] == 'utf8' or any(needs_raw_header(one) for one in inner)


def expected_type(expected, part):
    given = expected['type'].lower()
    if not re.fullmatch(r'[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+', given):
        return part['type']  # found by the system's database
    is_unknown = given.startswith(('message/', 'multipart/')) or (given.startswith('text/') and not expected['is_text'])
    return 'application/octet-stream' if is_unknown else given
