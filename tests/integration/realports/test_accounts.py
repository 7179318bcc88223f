#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""test_accounts.py PROGRAM WITH_KEYRING

An account is set up with the real postrider-cli by an address and a password and nothing else: the search on the real
ports (world.py), a person's word, the proof, and a real keychain for the password. Then it sends.

Starts itself again inside `unshare -Urnm` and a session with a keyring (tests/support/with-keyring.sh); where that is
not allowed, or dnsmasq or the keyring is missing, it is skipped.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from world import DROPPED, GOOD, REFUSED, MailServer, Office, World

SKIPPED = 77
PROGRAM = None
WORLD = None
OFFICES = {}
PASSWORD = "Tanstaaf-7q9"

EVERYTHING = {465: GOOD, 587: GOOD, 2525: GOOD, 25: GOOD}
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="x">
    <outgoingServer type="smtp">
      <hostname>{host}</hostname>
      <port>465</port>
      <socketType>SSL</socketType>
      <username>{user}</username>
      <authentication>password-cleartext</authentication>
    </outgoingServer>
  </emailProvider>
</clientConfig>
"""


def office(name, *users, **more):
    OFFICES[name] = Office({user: PASSWORD for user in users}, **more)
    return OFFICES[name]


def build(world):
    """Every domain of the tests, before the name server starts."""
    world.host("smtp.guessed.test", EVERYTHING, office=office("guessed", "ann@guessed.test"))
    # The domain's web server drops mail ports, as many do; DNS names a server of another domain.
    world.host("outside.test", {port: DROPPED for port in EVERYTHING})
    world.host("out.hoster.test", EVERYTHING, office=office("hoster", "ann@outside.test"))
    world.record("srv-host=_submissions._tcp.outside.test,out.hoster.test,465,0,1")
    world.host("local.published.test", {465: GOOD}, office=office("published", "ann"))
    world.publish("autoconfig.published.test", SETTINGS.format(host="local.published.test", user="%EMAILLOCALPART%"))
    world.host("odd.plain.test", {465: GOOD}, office=office("plain", "ann@plain.test"))
    world.record("mx-host=plain.test,mx.plain.test,1")
    world.publish_plainly("autoconfig.plain.test", SETTINGS.format(host="odd.plain.test", user="%EMAILADDRESS%"))
    world.host("smtp.gmail.com", {465: GOOD, 587: GOOD}, office=office(
        "gmail", "ann@gmail.com", "ann@hosted.test", refusal="535 5.7.8 Username and Password not accepted."))
    world.record("mx-host=hosted.test,aspmx.l.google.com,1")
    world.record("host-record=aspmx.l.google.com,10.77.250.3")
    world.host("mail.gmx.net", {465: GOOD, 587: GOOD}, office=office("gmx"))
    world.host("smtp-mail.outlook.com", {587: GOOD}, mechanisms="LOGIN XOAUTH2", office=office("outlook"))
    world.host("smtp.picky.test", EVERYTHING, office=office("picky", "ann@picky.test", senders=["bob@picky.test"]))
    world.host("smtp.mailgun.org", {465: REFUSED, 587: DROPPED, 2525: GOOD}, office=office(
        "service", "postmaster@mg.service.test"))
    world.host("smtp.only25.test", {**{port: REFUSED for port in EVERYTHING}, 25: GOOD}, office=office("only25"))
    relay, _ = world.addresses()
    OFFICES["relay"] = Office({})
    MailServer(relay, 25, None, world.journal, implicit=False, mechanisms="", office=OFFICES["relay"])
    world.relay = relay


class Answer:
    def __init__(self, profile, arguments, standard_input):
        process = subprocess.run([PROGRAM, "--json", "--profile", profile, *arguments], capture_output=True, text=True,
                                 timeout=120, input=standard_input, check=False)
        self.code = process.returncode
        self.errors = process.stderr
        self.lines = [json.loads(line) for line in process.stdout.splitlines() if line.strip()]
        self.json = self.lines[0] if self.lines else {}
        self.everything = process.stdout + process.stderr


class AccountsTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.profile = str(pathlib.Path(self.folder.name) / "profile")
        for each in OFFICES.values():
            each.signed_in.clear()
            each.messages.clear()

    def tearDown(self):
        self.folder.cleanup()

    def run_program(self, *arguments, standard_input=""):
        answer = Answer(self.profile, arguments, standard_input)
        self.assertNotIn(PASSWORD, answer.everything)
        self.assertNotIn("qt.", answer.errors, "Qt has nothing to say to people")
        return answer

    def add(self, email, *options, password=PASSWORD):
        return self.run_program("account", "add", "--email", email, "--password-stdin", "--ca-file",
                                str(WORLD.authority.file), *options, standard_input=password + "\n")

    def accounts(self):
        return self.run_program("account", "list").lines

    def assertServer(self, answer, host, port, security):
        self.assertEqual(answer.code, 0, answer.everything)
        found = answer.json
        self.assertEqual((found["host"], found["port"], found["security"]), (host, port, security), answer.everything)
        self.assertEqual(found["state"], "ready", answer.everything)

    def test_address_and_password_are_enough_to_send(self):
        self.assertServer(self.add("ann@guessed.test"), "smtp.guessed.test", 465, "tls")
        self.assertEqual(OFFICES["guessed"].signed_in, ["ann@guessed.test"])
        sent = self.run_program("send", "--to", "bob@example.org", "--subject", "x", "--text", "-",
                                standard_input="hello\n")
        self.assertEqual((sent.code, sent.json["status"]), (0, "sent"), sent.everything)
        sender, recipients, text = OFFICES["guessed"].messages[0]
        self.assertEqual((sender, recipients), ("ann@guessed.test", ["bob@example.org"]))
        self.assertIn("hello", text)
        found = [file for file in pathlib.Path(self.profile).rglob("*") if file.is_file()
                 and PASSWORD.encode() in file.read_bytes()]
        self.assertEqual(found, [])

    def test_doctor_uses_the_kept_password(self):
        self.add("ann@guessed.test")
        OFFICES["guessed"].signed_in.clear()
        answer = self.run_program("doctor", "ann@guessed.test")
        self.assertEqual(answer.code, 0, answer.everything)
        self.assertTrue(answer.json["sign_in"]["ok"])
        self.assertEqual(answer.json["saved_verdict"], "OK")
        self.assertEqual(OFFICES["guessed"].signed_in, ["ann@guessed.test"])
        self.assertEqual({row["port"] for row in answer.json["candidates"]}, {465, 587, 2525, 25})

    def test_changed_port_is_tried_and_another_host_wants_the_password_again(self):
        self.add("ann@guessed.test")
        edit = ("account", "edit", "ann@guessed.test")
        self.assertServer(self.run_program(*edit, "--port", "587", "--security", "starttls"), "smtp.guessed.test", 587,
                          "starttls")
        refused = self.run_program(*edit, "--host", "out.hoster.test")
        self.assertEqual(refused.code, 78, refused.everything)
        self.assertEqual(OFFICES["hoster"].signed_in, [])
        given = self.run_program(*edit, "--host", "out.hoster.test", "--user", "ann@outside.test", "--password-stdin",
                                 standard_input=PASSWORD + "\n")
        self.assertServer(given, "out.hoster.test", 587, "starttls")

    def test_server_of_another_domain_wants_a_word(self):
        asked = self.add("ann@outside.test")
        self.assertEqual(asked.code, 78, asked.everything)
        self.assertIn("--agree out.hoster.test", asked.errors)
        self.assertEqual((self.accounts(), OFFICES["hoster"].signed_in), ([], []))
        agreed = self.add("ann@outside.test", "--agree", "out.hoster.test")
        self.assertServer(agreed, "out.hoster.test", 465, "tls")

    def test_published_user_name_is_used(self):
        answer = self.add("ann@published.test")
        self.assertServer(answer, "local.published.test", 465, "tls")
        self.assertEqual(answer.json["user"], "ann")

    def test_unencrypted_settings_want_an_option_and_a_word(self):
        self.assertEqual(self.add("ann@plain.test").code, 69)
        self.assertNotIn("autoconfig.plain.test", "\n".join(WORLD.journal.lines()))
        asked = self.add("ann@plain.test", "--ask-unencrypted")
        self.assertEqual(asked.code, 78, asked.everything)
        self.assertIn("--agree odd.plain.test", asked.errors)
        self.assertEqual(OFFICES["plain"].signed_in, [])
        agreed = self.add("ann@plain.test", "--ask-unencrypted", "--agree", "odd.plain.test")
        self.assertServer(agreed, "odd.plain.test", 465, "tls")

    def test_provider_that_wants_an_app_password_says_so(self):
        answer = self.add("ann@gmail.com", password="my usual one")
        self.assertEqual(answer.code, 77, answer.everything)
        self.assertIn("App passwords", answer.errors)
        self.assertLess(answer.errors.index("refused"), answer.errors.index("App passwords"), "first what, then why")
        self.assertEqual(OFFICES["gmail"].signed_in, ["ann@gmail.com"], "once")
        self.assertEqual(self.accounts(), [])
        self.assertServer(self.add("ann@gmail.com"), "smtp.gmail.com", 465, "tls")

    def test_provider_that_must_be_told_first_says_so(self):
        answer = self.add("ann@gmx.de", password="wrong one")
        self.assertEqual(answer.code, 77, answer.everything)
        self.assertIn("https://hilfe.gmx.net/", answer.errors)

    def test_provider_of_the_domains_mail_wants_a_word(self):
        asked = self.add("ann@hosted.test")
        self.assertEqual(asked.code, 78, asked.everything)
        self.assertServer(self.add("ann@hosted.test", "--agree", "smtp.gmail.com"), "smtp.gmail.com", 465, "tls")

    def test_provider_with_browser_sign_in_alone_is_not_given_a_password(self):
        answer = self.add("ann@outlook.com")
        self.assertEqual(answer.code, 78, answer.everything)
        self.assertIn("account add --email ann@outlook.com --oauth microsoft", answer.errors)
        self.assertEqual(OFFICES["outlook"].signed_in, [])
        self.assertEqual(self.accounts(), [])

    def test_unknown_domain_has_its_code(self):
        answer = self.add("ann@nosuchname.test")
        self.assertEqual(answer.code, 68, answer.everything)

    def test_sender_that_is_not_taken_is_not_saved(self):
        answer = self.add("ann@picky.test")
        self.assertEqual(answer.code, 69, answer.everything)
        self.assertIn("not your address", answer.errors)
        self.assertEqual(self.accounts(), [])

    def test_port_25_alone_is_never_taken(self):
        answer = self.add("ann@only25.test")
        self.assertEqual(answer.code, 69, answer.everything)
        self.assertEqual(self.accounts(), [])

    def test_sending_service_by_its_alternative_port(self):
        refused = self.add("ann@service.test", "--service", "mailgun")
        self.assertEqual(refused.code, 78, refused.everything)
        answer = self.add("ann@service.test", "--service", "mailgun", "--user", "postmaster@mg.service.test")
        self.assertServer(answer, "smtp.mailgun.org", 2525, "starttls")

    def test_relay_by_address_is_proved_and_healthy(self):
        answer = self.run_program("account", "add", "--email", "ann@relay.test", "--relay", "--host", WORLD.relay,
                                  "--security", "none")
        self.assertServer(answer, WORLD.relay, 25, "none")
        doctor = self.run_program("doctor", "ann@relay.test", "--no-lookup")
        self.assertEqual(doctor.code, 0, doctor.everything)
        self.assertIn("own way works", doctor.json["findings"][0], doctor.everything)

    def test_program_takes_messages(self):
        taken = pathlib.Path(self.folder.name) / "taken"
        program = pathlib.Path(self.folder.name) / "sendmail"
        program.write_text(f'#!/bin/sh\ncat > "{taken}"\n')
        program.chmod(0o755)
        added = self.run_program("account", "add", "--email", "ann@relay.test", "--command", str(program))
        self.assertEqual(added.code, 0, added.everything)
        sent = self.run_program("send", "--to", "bob@example.org", "--subject", "x", "--text", "-",
                                standard_input="by a program\n")
        self.assertEqual(sent.code, 0, sent.everything)
        self.assertIn("by a program", taken.read_text())

    def test_imported_account_is_proved(self):
        file = pathlib.Path(self.folder.name) / "msmtprc"
        file.write_text("account work\nhost smtp.guessed.test\nport 587\nfrom ann@guessed.test\nuser ann@guessed.test\n"
                        f"auth on\ntls on\ntls_starttls on\ntls_trust_file {WORLD.authority.file}\n"
                        "password never-read-7q9\n")
        answer = self.run_program("account", "import", str(file), "--email", "ann@guessed.test", "--password-stdin",
                                  standard_input=PASSWORD + "\n")
        self.assertServer(answer, "smtp.guessed.test", 587, "starttls")
        self.assertNotIn("never-read-7q9", answer.everything)

    def test_zz_nothing_is_said_before_a_server_is_chosen(self):
        """After all others, by its name: only proofs and messages name anybody."""
        questions = WORLD.queries.read_text(errors="replace")
        self.assertNotIn("ann", questions.replace("channel", ""))
        for line in WORLD.journal.lines():
            if line.startswith(("EHLO", "GET", "Host:")):
                self.assertNotIn("ann", line)


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def enter_namespace(with_keyring):
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    for tool in ("unshare", "ip", "dnsmasq", "openssl", "mount"):
        if not shutil.which(tool, path=path):
            skip(f"there is no {tool}")
    allowed = subprocess.run(["unshare", "-Urnm", "true"], capture_output=True, text=True, check=False)
    if allowed.returncode != 0:
        skip(f"no network namespace can be made here: {allowed.stderr.strip()}")
    environment = {**os.environ, "POSTRIDER_REALPORTS": "inside", "PATH": path}
    os.execvpe("unshare", ["unshare", "-Urnm", with_keyring, sys.executable, "-B", *sys.argv], environment)


def main():
    global PROGRAM, WORLD
    PROGRAM = sys.argv[1]
    if os.environ.get("POSTRIDER_REALPORTS") != "inside":
        enter_namespace(sys.argv[2])
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ.pop(name, None)
    os.environ["LC_ALL"] = "C.UTF-8"
    with tempfile.TemporaryDirectory() as folder:
        WORLD = World(folder)
        build(WORLD)
        WORLD.serve_names()
        program = unittest.main(argv=[sys.argv[0], *sys.argv[3:]], exit=False, verbosity=2,
                                # A server's thread leaves its socket to the end.
                                warnings="ignore")
        WORLD.close()
    sys.stdout.flush()
    # The servers' threads end with the process.
    os._exit(0 if program.result.wasSuccessful() else 1)


if __name__ == "__main__":
    main()
