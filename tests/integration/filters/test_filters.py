#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

"""test_filters.py FILTER PACKAGES GOLDEN GENERATED

What spam filters say of the messages on file (GOLDEN) and of some that property_write made (GENERATED): nothing about
how they are built. FILTER is "spamassassin" or "rspamd", unpacked below PACKAGES by fetch-filters. Neither uses the
network here.

A rule is structural when it looks at what only the writing program decides: MIME structure and encodings, fields that
are missing, doubled or malformed, dates, message identifiers, boundaries. What a rule says about words, names,
addresses, pictures and about the way a message came (no Received field: it has not been sent) is not about the writer.
On file are usual messages, so every rule that they may meet is listed; the generated ones have random names and words,
so there only structural rules count.
"""

import email.utils
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

MOST_GENERATED = 150
SKIPPED = 77

STRUCTURAL = {
    'spamassassin': re.compile(
        r'MIME|^MISSING_|HEADER|^SUBJ_ILLEGAL|ILLEGAL_CHARS|BASE64|BOUND|^CTYPE|^MSGID|MESSAGE_?ID|^INVALID|^DATE_|^HEAD_|'
        r'^MPART_(?!ALT_DIFF)|^QP_|QUOTED_PRINT|CHARSET|UNPARSEABLE|^PART_|_MISSP|MALFORMED_(?!FREEMAIL)|^DUP_|^BAD_|'
        r'^HTML_(MIME|BADTAG|NONELEMENT|TAG_EXIST|EMBEDS)|^EXTRA_|^RATWARE'),
    'rspamd': re.compile(
        r'^MISSING_|^MIME_(?!GOOD|TRACE|HTML_ONLY$)|^INVALID_|^MULTIPLE_UNIQUE|HEADER|^R_(BAD_CTE|MIXED_CHARSET$|'
        r'MISSING_CHARSET|NO_SPACE_IN_FROM|SAJDING|PARTS_DIFFER$)|BASE64|EXCESS|BOUND|CTYPE|^SUBJ_ILLEGAL|^BROKEN_|^DATE_IN|'
        r'^MID_(BARE|CONTAINS|MISSING|RHS_NOT_FQDN|RHS_IP|RHS_WWW|RHS_TOO_LONG|END_EQ)|^CTE_|^FORGED_(?!RECIPIENTS|SENDER)|'
        r'^(FROM|SUBJECT|TO|REPLYTO)_NEEDS_ENCODING|FAKE_|^RCVD_ILLEGAL|^HAS_(LIST_UNSUB_BROKEN|X_PHP)|'
        r'^PRECEDENCE_BROKEN|^SUBJECT_HAS_ILLEGAL|^DIRECT_TO_MX_BROKEN|STRICT_|CRACKED|SPOOF_REPLYTO$|^URI_HIDDEN'),
}

# What generated messages may meet, because of what is in them and not of how they are written.
CONTENT = {
    'spamassassin': {
        'FROM_EXCESS_BASE64': 'a name in ASCII that looks encoded must be encoded',
        'T_OBFU_ATTACH_MISSP': 'a file of chance whose type is not that of its suffix',
    },
    'rspamd': {
        'DATE_IN_PAST': 'a date of chance', 'DATE_IN_FUTURE': 'a date of chance',
        'R_PARTS_DIFFER': 'text and HTML of chance', 'MIME_BAD_UNICODE': 'characters of chance',
        'MIME_MA_MISSING_HTML': 'text and calendar', 'HAS_ORG_HEADER': 'a field that the test adds',
        'MIME_BASE64_TEXT_BOGUS': 'an attached text file in ASCII keeps its octets',
        'MID_CONTAINS_FROM': 'local parts of one letter', 'MID_CONTAINS_TO': 'local parts of one letter',
        # ASCII is encoded when it looks encoded itself, has several spaces, or is too long for a line.
        **{f'{field}_EXCESS_{encoding}': 'such text must be encoded' for field in ('FROM', 'TO', 'CC', 'REPLYTO', 'SUBJ')
           for encoding in ('QP', 'BASE64')},
        'FROM_NAME_EXCESS_SPACE': 'a name of chance',
    },
}

# What messages on file may meet, and why it is not about how they are written.
USUAL = {
    'spamassassin': {
        'NO_RECEIVED': 'not sent yet', 'NO_RELAYS': 'not sent yet', 'HTML_MESSAGE': 'it is one',
        'HTML_IMAGE_ONLY_04': 'a test picture with four words', 'HTML_IMAGE_ONLY_08': 'a test picture with few words',
        'T_DOC_ATTACH_NO_EXT': 'a test file whose name has no suffix',
    },
    'rspamd': {
        'ARC_NA': 'not sent yet', 'R_DKIM_NA': 'not sent yet', 'RCVD_COUNT_ZERO': 'not sent yet',
        'R_SPF_NA': 'not sent yet', 'R_SPF_DNSFAIL': 'no network', 'DMARC_DNSFAIL': 'no network', 'DMARC_NA': 'no network',
        'ASN_FAIL': 'no network', 'ASN': 'no network', 'RWL_MAILSPIKE_POSSIBLE': 'no network',
        'MIME_GOOD': 'praise', 'MIME_TRACE': 'what parts there are', 'MID_RHS_MATCH_FROM': 'praise',
        'MID_RHS_MATCH_FROMTLD': 'praise',
        'FROM_HAS_DN': 'names', 'FROM_NO_DN': 'names', 'TO_DN_ALL': 'names', 'TO_DN_NONE': 'names', 'TO_DN_SOME': 'names',
        'TO_MATCH_ENVRCPT_ALL': 'recipients', 'TO_MATCH_ENVRCPT_SOME': 'recipients', 'FROM_EQ_ENVFROM': 'sender',
        'RCPT_COUNT_ONE': 'recipients', 'RCPT_COUNT_TWO': 'recipients', 'RCPT_COUNT_ZERO': 'recipients',
        'RCPT_COUNT_THREE': 'recipients', 'TO_EQ_FROM': 'recipients', 'R_UNDISC_RCPT': 'blind copies only, as asked',
        'HAS_ATTACHMENT': 'it has', 'MIME_UNKNOWN': 'a type that it does not know', 'PREVIOUSLY_DELIVERED': 'recipients',
        'LOCAL_OUTBOUND': 'from here', 'TAGGED_RCPT': 'addresses',
        'HAS_REPLYTO': 'it has', 'REPLYTO_DOM_EQ_FROM_DOM': 'praise', 'REPLYTO_EQ_FROM': 'it has', 'LONG_SUBJ': 'it is long',
        'RSPAMD_EMAILBL_FAIL': 'no network', 'MSBL_EBL_FAIL': 'no network', 'RSPAMD_URIBL_FAIL': 'no network',
        'R_MIXED_CHARSET': 'words in several scripts',
        'MIME_BASE64_TEXT': 'an attached text file keeps its octets, which only base64 does',
        'MIME_BAD_ATTACHMENT': 'a test file of another suffix; audio/mp4 for .m4a, which is the registered type',
        'HEADER_FORGED_MDN': 'compares with a Return-Path, which there is none of before sending',
    },
}


def rules_of_spamassassin(root, usual, generated, folder):
    libraries = [root / 'usr/share/perl5', *sorted(root.glob('usr/lib/*/perl5/*'))]
    include = [word for library in libraries for word in ('-I', str(library))]
    script = pathlib.Path(__file__).with_name('rules_of_spamassassin.pl')
    names = ''.join(f'{path}\n' for path in usual + generated)
    environment = dict(os.environ, LD_LIBRARY_PATH=libraries_of(root))
    done = subprocess.run(['perl', '-T', *include, script, root, folder], input=names, env=environment,
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f'SpamAssassin: {done.stderr[-2000:]}')
    for line in done.stdout.splitlines():
        name, _, rules = line.partition(' ')
        yield pathlib.Path(name), [rule for rule in rules.split(',') if rule]


def libraries_of(root):
    return ':'.join(str(path) for path in [root / 'usr/lib/rspamd', *root.glob('usr/lib/*-linux-gnu')])


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


class Rspamd:
    """One worker on a free port of loopback. Its name service is a port where nobody answers."""

    def __init__(self, root, folder):
        self.port = free_port()
        share = root / 'usr/share/rspamd'
        tops = folder / 'tld.dat'  # the whole list takes it a minute to compile
        tops.write_text('com\norg\nnet\nexample\n', encoding='ascii')
        configuration = folder / 'rspamd.conf'
        configuration.write_text(f'''
.include "$CONFDIR/common.conf"
options {{
    pidfile = "{folder}/rspamd.pid";
    control_socket = "{folder}/rspamd.sock mode=0600";
    temp_dir = "{folder}";
    hs_cache_dir = "{folder}";
    filters = "chartable,dkim,regexp";
    url_tld = "{tops}";
    local_addrs = [127.0.0.1];
    dns {{ nameserver = ["127.0.0.1:9"]; timeout = 0.1s; retransmits = 1; }}
}}
lang_detection {{ languages = "{share}/languages"; }}
logging {{ type = "console"; level = "error"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{self.port}"; count = 1; enabled = true; }}
''', encoding='ascii')
        places = {'CONFDIR': root / 'etc/rspamd', 'LOCAL_CONFDIR': folder / 'local', 'RULESDIR': share / 'rules',
                  'LUALIBDIR': share / 'lualib', 'PLUGINSDIR': share / 'plugins', 'SHAREDIR': share, 'DBDIR': folder,
                  'RUNDIR': folder, 'LOGDIR': folder, 'WWWDIR': folder, 'PREFIX': root / 'usr'}
        self.process = subprocess.Popen(
            [root / 'usr/bin/rspamd', '-f', '-i', '-c', configuration,
             *(f'--var={name}={place}' for name, place in places.items())],
            env=dict(os.environ, LD_LIBRARY_PATH=libraries_of(root)),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def __enter__(self):
        deadline = time.monotonic() + 120
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                socket.create_connection(('127.0.0.1', self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.1)
        self.process.kill()
        raise SystemExit(f'rspamd did not start: {self.process.communicate()[0][-2000:]}')

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate()

    def rules(self, octets):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        connection.request('POST', '/checkv2', octets, {'IP': '127.0.0.1', 'User': 'ann'})
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return list(answer['symbols'])


def written_now(message):
    """What is on file has a date that stays, and rspamd asks how long ago that was."""
    date = b'Date: ' + email.utils.formatdate(localtime=True).encode()
    return re.sub(rb'^Date: [^\r]*', date, message, count=1, flags=re.MULTILINE)


def rules_of_rspamd(root, usual, generated, folder):
    with Rspamd(root, folder) as rspamd:
        for path in usual:
            yield path, rspamd.rules(written_now(path.read_bytes()))
        for path in generated:
            yield path, rspamd.rules(path.read_bytes())


def generated_messages(folder):
    """Small ones, those with raw headers or 8-bit text left out: they need a server that takes them."""
    with (folder / 'expected.jsonl').open(encoding='utf-8') as lines:
        for line in lines:
            expected = json.loads(line)
            if expected['size'] < 100_000 and expected['content'] == '7bit' and 'case' not in expected:
                yield folder / expected['file']


def main():
    kind, packages, golden, generated = sys.argv[1], *map(pathlib.Path, sys.argv[2:5])
    root = packages.resolve() / 'root'
    if not root.is_dir():
        print('skipped: the filters are not unpacked')
        return SKIPPED
    # What needs SMTPUTF8 or 8BITMIME has another form for servers without them.
    usual = [path for path in sorted(golden.resolve().glob('*.eml')) if path.read_bytes().isascii()]
    by_chance = list(generated_messages(generated.resolve()))[:MOST_GENERATED]
    rules_of = {'spamassassin': rules_of_spamassassin, 'rspamd': rules_of_rspamd}[kind]
    problems = []
    count = 0
    # A short path: the sockets of rspamd have to fit into 108 octets.
    with tempfile.TemporaryDirectory() as folder:
        for path, rules in rules_of(root, usual, by_chance, pathlib.Path(folder)):
            count += 1
            for rule in rules:
                if rule in USUAL[kind]:
                    continue
                if path in usual or (rule not in CONTENT[kind] and STRUCTURAL[kind].search(rule)):
                    problems.append(f'{path}: {rule}')
    if count != len(usual) + len(by_chance):
        problems.append(f'{len(usual)} + {len(by_chance)} messages, {count} were judged')
    print('\n'.join(problems) or f'{kind}: nothing about how {count} messages are built')
    return 1 if problems else 0


sys.exit(main())
