# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Starts the sink, the delay proxy and the clients of the whole runs, and reads what they cost."""

import contextlib
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

RUN_SECONDS = 120  # no single run takes longer unless something hangs


@dataclass(frozen=True)
class Job:
    """What a client is to send, and how it connects."""

    security: str = "tls"  # or "starttls", or "none" for what has a server without AUTH
    count: int = 1
    octets: int = 2048
    recipients: int = 1
    file: Path | None = None  # sent instead of a message of so many octets


@dataclass(frozen=True)
class Client:
    """A program that sends. command() gets the harness, the server's port and the job."""

    name: str
    command: callable
    count: int | None = None  # as many messages as this, where the job's number would take too long
    sink: tuple = ()  # options of the server that it sends to


@dataclass
class Row:
    """One client's figures: a list of values, one for each round, for each name."""

    name: str
    values: dict = field(default_factory=dict)

    def add(self, figures):
        for name, value in figures.items():
            self.values.setdefault(name, []).append(value)

    def median(self, name):
        return statistics.median(self.values[name])


class BenchmarkError(Exception):
    pass


class Harness:
    def __init__(self, build, work, processors):
        self.programs = build / "bench"
        self.bin = build / "bin"
        self.work = work
        self.authority = work / "authority.pem"
        self.sink_cpu, self.client_cpu = processors

    def has(self, program):
        return (self.programs / program).exists()

    @contextlib.contextmanager
    def _server(self, command):
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        process.port = int(process.stdout.readline())
        process.said = ""
        try:
            yield process
        finally:
            process.said, _ = process.communicate(timeout=10)

    def sink(self, options, cpu):
        pinned = [] if cpu is None else ["taskset", "-c", str(cpu)]
        return self._server([*pinned, self.programs / "sink", f"--authority={self.authority}", *options])

    def delay_proxy(self, port, rtt_ms):
        return self._server([self.programs / "delayproxy", f"--to={port}", f"--rtt-ms={rtt_ms}"])

    def measure(self, command, cpu):
        """Runs a command to its end. Its own words are shown only when it failed."""
        report = self.work / "measured.json"
        report.unlink(missing_ok=True)
        full = [self.programs / "measure", report, "any" if cpu is None else str(cpu), *command]
        done = subprocess.run(full, stdin=subprocess.DEVNULL, capture_output=True, timeout=RUN_SECONDS,
                              env=os.environ | {"LC_ALL": "C.UTF-8"})
        if done.returncode != 0:
            words = (done.stdout + done.stderr).decode(errors="replace").strip()
            raise BenchmarkError(f"{command[0]} ended with {done.returncode}: {words}")
        return json.loads(report.read_text())

    def send(self, client, job, *, sink_options=(), rtt_ms=0, same_cpu=True, pinned=True):
        """One client, one server of its own, one job; the figures of both, after checking the outcome."""
        client_cpu = self.client_cpu if pinned else None
        sink_cpu = (self.client_cpu if same_cpu else self.sink_cpu) if pinned else None
        if client.count is not None and client.count < job.count:
            job = Job(job.security, client.count, job.octets, job.recipients, job.file)
        options = [f"--security={job.security}", *client.sink, *sink_options]
        with self.sink(options, sink_cpu) as sink, contextlib.ExitStack() as stack:
            port = stack.enter_context(self.delay_proxy(sink.port, rtt_ms)).port if rtt_ms else sink.port
            cost = self.measure(client.command(self, port, job), client_cpu)
        counters = json.loads(sink.said)
        self._check(client, job, counters)
        return self._figures(job, cost, counters)

    @staticmethod
    def _check(client, job, counters):
        octets = job.file.stat().st_size if job.file else job.octets
        # Some add a header field that is missing, or a line end.
        is_complete = job.count * octets <= counters["octets"] <= job.count * (octets + 256)
        if (counters["messages"], counters["recipients"]) != (job.count, job.count * job.recipients) \
                or not is_complete or counters["refusals"] > 0:
            raise BenchmarkError(f"{client.name}: not what was to be sent arrived: {counters}")

    @staticmethod
    def _figures(job, cost, counters):
        wall = (cost["ended_ns"] - cost["started_ns"]) / 1e9
        cpu = cost["user_seconds"] + cost["system_seconds"]
        steady = (counters["last_accept_ns"] - counters["first_mail_ns"]) / 1e9
        gigabytes = counters["octets"] / 1e9
        return {
            "messages_per_second": job.count / steady if steady > 0 else float("inf"),
            "whole_messages_per_second": job.count / ((counters["last_accept_ns"] - cost["started_ns"]) / 1e9),
            "cpu_us_per_message": cpu * 1e6 / job.count,
            "sink_cpu_us_per_message": counters["cpu_seconds"] * 1e6 / job.count,
            "turns_per_message": counters["turns"] / job.count,
            "round_trips": 1.5 + counters["turns_to_first_accept"],
            "wall_ms": wall * 1e3,
            "accepted_ms": (counters["first_accept_ns"] - cost["started_ns"]) / 1e6,
            "cpu_ms": cpu * 1e3,
            "megabytes_per_second": gigabytes * 1e3 / steady if steady > 0 else float("inf"),
            "cpu_seconds_per_gigabyte": cpu / gigabytes,
            "peak_megabytes": cost["peak_kb"] / 1024,
        }

    def compare(self, clients, job, rounds, **how):
        """Every client in every round, in turn, so that what else the computer does meets all alike."""
        rows = [Row(client.name) for client in clients]
        for _ in range(rounds):
            for client, row in zip(clients, rows):
                row.add(self.send(client, job, **how))
        return rows


# ------------------------------------------------------------------------------------------------- clients


def _common(harness, port, job):
    what = [f"--file={job.file}"] if job.file else [f"--octets={job.octets}"]
    return [f"--port={port}", f"--security={job.security}", f"--count={job.count}", *what]


def engine(harness, port, job):
    return [harness.programs / "engine", *_common(harness, port, job), f"--authority={harness.authority}",
            f"--recipients={job.recipients}"]


def limit(mode):
    return lambda harness, port, job: [
        harness.programs / "limit", *_common(harness, port, job), f"--authority={harness.authority}",
        f"--recipients={job.recipients}", f"--mode={mode}"]


def libetpan(harness, port, job):
    return [harness.programs / "libetpan", *_common(harness, port, job)]


def message_file(harness, job):
    if job.file:
        return job.file
    path = harness.work / f"message-{job.octets}.eml"
    if not path.exists():
        write_message(path, job.octets)
    return path


def curl(harness, port, job):
    """One process and one connection for all messages."""
    scheme = "smtps" if job.security == "tls" else "smtp"
    transfer = [f'url = "{scheme}://localhost:{port}/client.example.org"', "silent", "show-error", "ssl-reqd",
                f'cacert = "{harness.authority}"', 'user = "bench:secret"', 'mail-from = "ann@example.org"',
                *(f'mail-rcpt = "bob{i}@example.net"' for i in range(job.recipients)),
                f'upload-file = "{message_file(harness, job)}"']
    config = harness.work / "curl.conf"
    config.write_text("\nnext\n".join(["\n".join(transfer)] * job.count) + "\n")
    return ["curl", "--disable", "--config", config]


def msmtp(harness, port, job):
    """A process and a connection for each message."""
    config = harness.work / "msmtp.conf"
    config.write_text(f"account default\nhost localhost\nport {port}\nfrom ann@example.org\nauth plain\n"
                      "user bench\npassword secret\ntls on\n"
                      f"tls_starttls {'off' if job.security == 'tls' else 'on'}\n"
                      f"tls_trust_file {harness.authority}\n")
    config.chmod(0o600)
    recipients = " ".join(f"bob{i}@example.net" for i in range(job.recipients))
    one = f'msmtp --file="{config}" {recipients} <"{message_file(harness, job)}"'
    if job.count == 1:
        return ["sh", "-c", f"exec {one}"]
    return ["sh", "-c", f"i=0; while [ $i -lt {job.count} ]; do {one} || exit; i=$((i + 1)); done"]


def postrider_cli(harness, port, job):
    password = harness.work / "password"
    password.write_text("secret")
    password.chmod(0o600)
    return [harness.bin / "postrider-cli", "--profile", harness.work / "profile", "send",
            "--server", "localhost", "--port", str(port), "--security", job.security, "--user", "bench",
            "--password-file", password, "--ca-file", harness.authority, "--from", "ann@example.org",
            *(word for i in range(job.recipients) for word in ("--to", f"bob{i}@example.net")),
            *(word for _ in range(job.count) for word in ("--eml", message_file(harness, job)))]


def outbox(harness, port, job):
    """What is measured is the delivery of a full outbox: another profile is filled before, and never twice."""
    program = harness.bin / "postrider-cli"
    profile = harness.work / f"outbox-{port}"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    subprocess.run([program, "--profile", profile, "account", "add", "--email", "ann@example.org", "--host",
                    "localhost", "--port", str(port), "--security", job.security, "--auth", "none", "--ca-file",
                    harness.authority, "--no-verify-login"], **quiet)
    accounts = json.loads((profile / "accounts.json").read_text())["accounts"]
    subprocess.run([harness.programs / "fill", profile, accounts[0]["id"], str(job.count),
                    message_file(harness, job)], **quiet)
    return [program, "--profile", profile, "outbox", "run", "--until-empty"]


def write_message(path, octets):
    """Lines as base64 has them, and a header; exactly so many octets."""
    header = b"From: ann@example.org\r\nTo: bob@example.net\r\nSubject: A message that is measured\r\n\r\n"
    line = b"x" * 76 + b"\r\n"
    block = line * 10_000
    left = octets - len(header)
    with open(path, "wb") as file:
        file.write(header)
        while left > len(block) + len(line):
            left -= file.write(block)
        while left > 2 * len(line):
            left -= file.write(line)
        half = left // 2
        file.write(b"x" * (half - 2) + b"\r\n" + b"x" * (left - half - 2) + b"\r\n")


# -------------------------------------------------------------------------------------------------- tables


def number(value):
    if value != value or value in (float("inf"), float("-inf")):
        return "-"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def spread(values):
    if len(values) == 1:
        return number(values[0])
    return f"{number(statistics.median(values))} ({number(min(values))}..{number(max(values))})"


def ratio(row, reference, name):
    """Round by round, so that a slow round is slow for both."""
    return statistics.median(a / b for a, b in zip(row.values[name], reference.values[name]))


def table(title, rows, columns, reference=None, by=None):
    """columns: (figure, heading) pairs. With a reference, the ratio to that row's figure comes last."""
    lines = [["", *(heading for _, heading in columns)]]
    known = next((row for row in rows if row.name == reference), None)
    if known:
        lines[0].append(f"ratio to {reference}")
    for row in rows:
        cells = [row.name, *(spread(row.values[name]) for name, _ in columns)]
        if known:
            cells.append(number(ratio(row, known, by)))
        lines.append(cells)
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    print(f"\n{title} (load {os.getloadavg()[0]:.1f})")
    for line in lines:
        first, *others = (cell.ljust(width) for cell, width in zip(line, widths))
        print("  " + "  ".join([first, *others]).rstrip())
    sys.stdout.flush()
