#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""test_realports.py PROGRAM

The real postrider-cli looks for servers on the real ports, by a real name server and both address families, in a
network namespace of its own (world.py). Prints how long each answer took; the limits that are asserted are ten times
those that the program is made for, since this computer may be busy.

Starts itself again inside `unshare -Urnm`; where that is not allowed, or dnsmasq is missing, it is skipped.
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from world import DROPPED, GOOD, REFUSED, SILENT, World, run

SKIPPED = 77
LOOSER = 10
PROGRAM = None
WORLD = None
FIGURES = []

EVERYTHING = {465: GOOD, 587: GOOD, 2525: GOOD, 25: GOOD}
NOTHING = {465: REFUSED, 587: REFUSED, 2525: REFUSED, 25: REFUSED}
DEAD = {465: DROPPED, 587: DROPPED, 2525: DROPPED, 25: DROPPED}

AUTOCONFIG = """<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="published.test">
    <domain>published.test</domain>
    <outgoingServer type="smtp">
      <hostname>outgoing.published.test</hostname>
      <port>465</port>
      <socketType>SSL</socketType>
      <username>%EMAILADDRESS%</username>
      <authentication>password-cleartext</authentication>
    </outgoingServer>
  </emailProvider>
</clientConfig>
"""


def build(world):
    """Every domain of the tests, before the name server starts."""
    world.host("smtp.allgood.test", EVERYTHING)
    world.host("smtp.no465.test", {**EVERYTHING, 465: DROPPED})
    world.host("smtp.only465.test", {**DEAD, 465: GOOD})
    world.host("smtp.only2525.test", {**DEAD, 2525: GOOD})
    world.host("smtp.only25.test", {**NOTHING, 25: GOOD})
    world.host("smtp.refused.test", NOTHING, also=("refused.test", "mail.refused.test"))
    world.host("smtp.dead.test", DEAD)
    world.host("smtp.silent465.test", {**EVERYTHING, 465: SILENT})
    world.host("smtp.v6dead.test", EVERYTHING, ipv6_ports=DEAD)
    world.host("smtp.v4dead.test", DEAD, ipv6_ports=EVERYTHING)
    world.host("smtp.v6refused.test", EVERYTHING, ipv6_ports=NOTHING)
    world.host("smtp.badname.test", EVERYTHING, names=["server7.elsewhere.test"])
    world.host("smtp.noauth.test", EVERYTHING, mechanisms="")
    world.host("smtp.gssapi.test", EVERYTHING, mechanisms="GSSAPI NTLM")

    world.host("out.withsrv.test", {1465: GOOD})
    world.record("srv-host=_submissions._tcp.withsrv.test,out.withsrv.test,1465,0,1")
    world.record("srv-host=_submissions._tcp.nosend.test")
    world.record("srv-host=_submission._tcp.nosend.test")
    world.record("host-record=nosend.test,10.77.250.1")
    world.host("smtp.wrongsrv.test", EVERYTHING)
    world.record("srv-host=_submissions._tcp.wrongsrv.test,gone.wrongsrv.test,465,0,1")
    world.host("out.elsewhere.test", EVERYTHING)
    world.record("srv-host=_submissions._tcp.outside.test,out.elsewhere.test,465,0,1")
    world.record("host-record=outside.test,10.77.250.2")

    # A domain of its own whose mail arrives at a large provider, which has its own servers here.
    world.host("smtp.gmail.com", {465: GOOD, 587: GOOD})
    world.record("mx-host=hosted.test,aspmx.l.google.com,1")
    world.record("host-record=aspmx.l.google.com,10.77.250.3")

    world.host("outgoing.published.test", {465: GOOD})
    world.publish("autoconfig.published.test", AUTOCONFIG)


class Answer:
    def __init__(self, arguments, standard_input=""):
        began = time.monotonic()
        process = subprocess.run([PROGRAM, "--json", *arguments], capture_output=True, text=True, timeout=120,
                                 input=standard_input, check=False)
        self.seconds = time.monotonic() - began
        self.code = process.returncode
        self.errors = process.stderr
        self.output = process.stdout
        try:
            self.json = json.loads(process.stdout) if process.stdout.strip() else {}
        except json.JSONDecodeError:
            self.json = {}

    def verdict(self, port, host=None):
        for row in self.json["candidates"]:
            if row["port"] == port and host in (None, row["host"]):
                return row["verdict"]
        return None


class RealPortsTest(unittest.TestCase):
    maxDiff = None

    def detect(self, subject, *options, within=None):
        answer = Answer(["detect", subject, "--ca-file", str(WORLD.authority.file), *options])
        limit = f"(made for {within} s)" if within else ""
        elapsed = answer.json.get("elapsed_ms", 0) / 1000
        FIGURES.append(f"{subject:28} {answer.json.get('verdict', '-'):18} {elapsed:7.3f} s {limit}")
        self.assertTrue(answer.json, f"{answer.code} {answer.errors}")
        if within:
            self.assertLessEqual(elapsed, within * LOOSER, answer.output)
        return answer

    def assertRecommends(self, answer, host, port, security):
        self.assertEqual(answer.code, 0, answer.output)
        self.assertIsNotNone(answer.json["recommended"], answer.output)
        found = answer.json["recommended"]
        self.assertEqual((found["host"], found["port"], found["security"]), (host, port, security), answer.output)

    def test_all_good_is_465_at_once(self):
        answer = self.detect("ann.lee@allgood.test", within=0.3)
        self.assertRecommends(answer, "smtp.allgood.test", 465, "tls")
        found = answer.json["recommended"]
        self.assertEqual(found["username"], "ann.lee@allgood.test")
        self.assertEqual(found["auth"], ["PLAIN", "LOGIN"])
        self.assertFalse(found["confirm"])

    def test_every_port_has_a_verdict_when_all_is_asked_for(self):
        answer = self.detect("ann@allgood.test", "--full")
        for port in (465, 587, 2525, 25):
            self.assertEqual(answer.verdict(port, "smtp.allgood.test"), "OK", answer.output)
        row = next(r for r in answer.json["candidates"] if r["port"] == 587)
        self.assertEqual(row["security"], "starttls")
        self.assertEqual(len(row["addresses"]), 2, row)
        self.assertEqual(row["tls"]["names"], ["smtp.allgood.test"])
        self.assertEqual(row["size"], 35882577)
        self.assertFalse(next(r for r in answer.json["candidates"] if r["port"] == 25)["recommendable"])

    def test_465_black_holed_is_587(self):
        answer = self.detect("ann@no465.test", within=1.6)
        self.assertRecommends(answer, "smtp.no465.test", 587, "starttls")

    def test_only_465_is_465(self):
        self.assertRecommends(self.detect("ann@only465.test", within=0.3), "smtp.only465.test", 465, "tls")

    def test_only_2525_is_2525(self):
        self.assertRecommends(self.detect("ann@only2525.test", within=2), "smtp.only2525.test", 2525, "starttls")

    def test_only_25_is_never_taken_by_itself(self):
        answer = self.detect("ann@only25.test")
        self.assertEqual(answer.code, 69, answer.output)
        self.assertIsNone(answer.json["recommended"])
        self.assertEqual(answer.json["only_with_consent"]["port"], 25, answer.output)

    def test_all_refused_is_told_at_once(self):
        answer = self.detect("ann@refused.test", within=0.3)
        self.assertEqual(answer.code, 69)
        self.assertEqual(answer.json["verdict"], "REFUSED", answer.output)
        self.assertEqual(answer.verdict(465), "REFUSED")

    def test_all_black_holed_ends_with_a_text(self):
        answer = self.detect("ann@dead.test", within=8)
        self.assertEqual(answer.code, 75, answer.output)
        self.assertLess(answer.seconds, 20)
        self.assertTrue(answer.json["sentence"].endswith("."))
        self.assertTrue(answer.json["advice"])

    def test_silent_465_does_not_hold_up_587(self):
        answer = self.detect("ann@silent465.test", within=1.6)
        self.assertRecommends(answer, "smtp.silent465.test", 587, "starttls")

    def test_ipv6_black_holed_costs_little(self):
        answer = self.detect("ann@v6dead.test", within=0.7)
        self.assertRecommends(answer, "smtp.v6dead.test", 465, "tls")
        row = next(r for r in answer.json["candidates"] if r["port"] == 465)
        self.assertEqual(len(row["addresses"]), 2, row)

    def test_ipv4_black_holed_uses_ipv6(self):
        self.assertRecommends(self.detect("ann@v4dead.test", within=0.7), "smtp.v4dead.test", 465, "tls")

    def test_ipv6_refused_costs_nothing(self):
        self.assertRecommends(self.detect("ann@v6refused.test", within=0.3), "smtp.v6refused.test", 465, "tls")

    def test_certificate_of_another_name_is_never_used(self):
        answer = self.detect("ann@badname.test")
        self.assertEqual(answer.code, 69)
        self.assertEqual(answer.verdict(465), "CERT_NAME", answer.output)
        self.assertIn("server7.elsewhere.test", answer.output)

    def test_unknown_authority_is_told(self):
        answer = Answer(["detect", "smtp.allgood.test:465"])
        self.assertEqual(answer.code, 69, answer.output)
        self.assertEqual(answer.json["candidates"][0]["verdict"], "CERT_SELF", answer.output)

    def test_server_without_sign_in_is_not_taken(self):
        answer = self.detect("ann@noauth.test")
        self.assertEqual(answer.code, 69)
        self.assertEqual(answer.verdict(465), "NO_AUTH", answer.output)

    def test_unknown_ways_to_sign_in_are_told(self):
        answer = self.detect("ann@gssapi.test")
        self.assertEqual(answer.code, 69)
        self.assertEqual(answer.verdict(465), "AUTH_UNSUPPORTED", answer.output)

    def test_srv_leads_to_an_unusual_port(self):
        answer = self.detect("ann@withsrv.test", within=1.6)
        self.assertRecommends(answer, "out.withsrv.test", 1465, "tls")
        self.assertEqual(answer.json["recommended"]["source"], "srv")

    def test_srv_that_says_no_is_believed(self):
        answer = self.detect("ann@nosend.test")
        self.assertEqual(answer.code, 69)
        self.assertEqual(answer.json["verdict"], "NO_SEND_SRV", answer.output)

    def test_srv_to_a_dead_name_gives_way_to_a_guess(self):
        answer = self.detect("ann@wrongsrv.test")
        self.assertRecommends(answer, "smtp.wrongsrv.test", 465, "tls")

    def test_srv_outside_the_domain_is_not_connected_to(self):
        # Its own host answers nothing, and has no way to it: that says nothing about the server that is named.
        answer = self.detect("ann@outside.test")
        self.assertEqual((answer.code, answer.json["verdict"]), (69, "NOT_TRIED"), answer.output)
        self.assertIn("out.elsewhere.test", answer.json["sentence"])
        self.assertEqual(answer.verdict(465, "out.elsewhere.test"), "NOT_TRIED", answer.output)

    def test_mail_at_a_known_provider_asks_first(self):
        answer = self.detect("ann@hosted.test")
        self.assertRecommends(answer, "smtp.gmail.com", 465, "tls")
        self.assertTrue(answer.json["recommended"]["confirm"])
        self.assertEqual(answer.json["recommended"]["source"], "mx")
        self.assertTrue(answer.json["hosted_at"])

    def test_published_settings_are_used(self):
        answer = self.detect("ann@published.test")
        self.assertRecommends(answer, "outgoing.published.test", 465, "tls")
        self.assertEqual(answer.json["recommended"]["source"], "autoconfig", answer.output)

    def test_domain_that_does_not_exist(self):
        answer = self.detect("ann@nosuchname.test")
        # The system itself says that it is offline, with nothing but a loopback interface; the name server knows better.
        self.assertEqual((answer.code, answer.json["verdict"]), (69, "DNS_NX"), answer.output)

    def test_one_server_alone(self):
        answer = self.detect("smtp.no465.test:587", within=0.3)
        self.assertRecommends(answer, "smtp.no465.test", 587, "starttls")
        self.assertEqual({row["port"] for row in answer.json["candidates"]}, {587})

    def test_interrupt_ends_at_once(self):
        process = subprocess.Popen([PROGRAM, "--json", "detect", "ann@dead.test", "--full"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        time.sleep(1.5)
        self.assertIsNone(process.poll())
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        seconds = time.monotonic() - began
        FIGURES.append(f"{'interrupt':28} {'':18} {seconds:7.3f} s (made for 0.1 s)")
        self.assertEqual(process.returncode, 75)
        self.assertLessEqual(seconds, 0.1 * LOOSER)

    def test_silent_name_servers_do_not_hold_the_end_up(self):
        """Qt has no way to give up a lookup, and would wait for it when the program ends."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            run("ip", "address", "add", "10.77.251.1/32", "dev", "lo")
            silent.bind(("10.77.251.1", 53))
            resolver = WORLD.folder / "silent.conf"
            resolver.write_text("nameserver 10.77.251.1\noptions timeout:2 attempts:2\n")
            own = os.path.realpath("/etc/resolv.conf")
            began = time.monotonic()
            process = subprocess.run(
                ["unshare", "-m", "sh", "-c", f'mount --bind "$1" {own}; shift; exec "$@"', "sh", str(resolver), PROGRAM,
                 "--json", "detect", "ann@allgood.test", "--timeout", "1"],
                capture_output=True, text=True, timeout=60, check=False)
            seconds = time.monotonic() - began
        answer = json.loads(process.stdout)
        FIGURES.append(f"{'silent name server':28} {answer['verdict']:18} {seconds:7.3f} s (made for 1.1 s)")
        self.assertEqual(process.returncode, 75, process.stdout)
        # Two tries of two seconds for each of two names at the least, were they waited for.
        self.assertLess(seconds, 3, process.stdout)

    def test_text_for_people(self):
        process = subprocess.run([PROGRAM, "detect", "ann@allgood.test", "--ca-file", WORLD.authority.file],
                                 capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(process.returncode, 0, process.stderr)
        self.assertIn("Use smtp.allgood.test, port 465, encrypted from the start.", process.stdout)
        self.assertIn("(best)", process.stdout)

    def test_zz_nothing_left_this_computer_but_the_domain(self):
        """After all others, by its name: what servers and the name server heard."""
        Answer(["detect", "ann.lee@allgood.test", "--full"])
        heard = WORLD.journal.lines()
        self.assertTrue(any(line.startswith("EHLO") for line in heard))
        verbs = {line.split(" ")[0] for line in heard if not line.startswith(("GET", "Host:")) and ":" not in line}
        self.assertLessEqual(verbs - {""}, {"EHLO", "STARTTLS", "QUIT"}, verbs)
        text = "\n".join(heard) + WORLD.queries.read_text(errors="replace")
        self.assertIn("allgood.test", text)
        for part in ("ann@", "ann.lee", "ann%40", "ann.lee%40"):
            self.assertNotIn(part, text)
        # Nothing at or above a public suffix is asked for.
        self.assertNotRegex(text, r"\] (autoconfig|_submissions?\._tcp)\.test ")


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def enter_namespace():
    for tool in ("unshare", "ip", "dnsmasq", "openssl", "mount"):
        if not shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
            skip(f"there is no {tool}")
    allowed = subprocess.run(["unshare", "-Urnm", "true"], capture_output=True, text=True, check=False)
    if allowed.returncode != 0:
        skip(f"no network namespace can be made here: {allowed.stderr.strip()}")
    environment = {**os.environ, "POSTRIDER_REALPORTS": "inside",
                   "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin"}
    os.execvpe("unshare", ["unshare", "-Urnm", sys.executable, "-B", *sys.argv], environment)


def main():
    global PROGRAM, WORLD
    PROGRAM = sys.argv[1]
    if os.environ.get("POSTRIDER_REALPORTS") != "inside":
        enter_namespace()
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ.pop(name, None)
    os.environ["LC_ALL"] = "C.UTF-8"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        WORLD = World(folder)
        build(WORLD)
        WORLD.serve_names()
        program = unittest.main(argv=[sys.argv[0], *sys.argv[2:]], exit=False, verbosity=2)
        print("\n".join(["", "time until the answer stood:", *FIGURES]))
        WORLD.close()
    sys.stdout.flush()
    # The servers' threads end with the process.
    os._exit(0 if program.result.wasSuccessful() else 1)


if __name__ == "__main__":
    main()
