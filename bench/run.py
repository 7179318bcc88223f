#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Measures how Postrider sends, beside other programs and beside the least that sending can cost.

Every figure is a median of several rounds, in each of which every program has its turn; compare the ratios,
since rates are this computer's. Everything happens on loopback. docs/performance.md explains the figures.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import harness as h
from harness import BenchmarkError, Client, Harness, Job, Row

PIPELINING_ONLY = ("--no-chunking",)
ENGINE = [Client("Postrider, PIPELINING", h.engine, sink=PIPELINING_ONLY),
          Client("Postrider, CHUNKING", h.engine)]
LIMIT = [Client("limit, one by one", h.limit("sequential"), sink=PIPELINING_ONLY),
         Client("limit, PIPELINING", h.limit("pipelined"), sink=PIPELINING_ONLY),
         Client("limit, CHUNKING", h.limit("chunked"))]
LIBETPAN = Client("libetpan", h.libetpan)


def peers(harness, *, few=None):
    """What is installed; few: as many messages for those that take long."""
    found = [LIBETPAN] if harness.has("libetpan") else []
    if shutil.which("curl"):
        found.append(Client("curl", h.curl, count=few and few * 5))
    if shutil.which("msmtp"):
        found.append(Client("msmtp", h.msmtp, count=few))
    return found


def small(harness, runs):
    job = Job(count=2000)
    rows = harness.compare([*ENGINE, *LIMIT, *peers(harness, few=20)], job, runs)
    h.table("2,000 messages of 2 KB over one connection, TLS and AUTH, both ends on one processor", rows,
            [("messages_per_second", "messages/s"), ("cpu_us_per_message", "CPU us/message"),
             ("turns_per_message", "turns/message"), ("peak_megabytes", "peak MB")],
            "libetpan", "messages_per_second")
    return rows


def far(harness, runs):
    rounds = min(runs, 3)
    clients = [*ENGINE, *LIMIT[1:], *([LIBETPAN] if harness.has("libetpan") else [])]
    rows = harness.compare(clients, Job(count=50), rounds, rtt_ms=50, pinned=False)
    h.table("50 messages of 2 KB over a round trip of 50 ms, TLS and AUTH", rows,
            [("whole_messages_per_second", "messages/s, start to last acceptance"),
             ("messages_per_second", "messages/s, first MAIL to last acceptance")],
            "libetpan", "whole_messages_per_second")
    return rows


def cold(harness, _runs):
    """Counted, not timed: a server that answers only when its client is silent knows how often it waited."""
    silent = ("--silence-ms=50",)
    cases = []
    for extensions, options in (("CHUNKING", ()), ("PIPELINING", PIPELINING_ONLY),
                                ("neither", ("--no-chunking", "--no-pipelining"))):
        cases += [(f"Postrider, {extensions}", h.engine, options, 1),
                  (f"Postrider, {extensions}, 20 recipients", h.engine, options, 20)]
    cases.append(("limit, CHUNKING", h.limit("chunked"), (), 1))
    cases += [(client.name, client.command, (), 1) for client in peers(harness)]
    rows = []
    for name, command, options, recipients in cases:
        row = Row(name)
        for security in ("tls", "starttls"):
            client = Client(name, command, sink=options)
            figures = harness.send(client, Job(security, recipients=recipients), sink_options=silent,
                                   pinned=False)
            row.add({f"{security}_round_trips": figures["round_trips"]})
        rows.append(row)
    h.table("Round trips from connecting to the acceptance of one message, AUTH PLAIN", rows,
            [("tls_round_trips", "implicit TLS"), ("starttls_round_trips", "STARTTLS")])
    return rows


def large(harness, runs):
    columns = [("megabytes_per_second", "MB/s, MAIL to acceptance"), ("cpu_seconds_per_gigabyte", "CPU s/GB"),
               ("peak_megabytes", "peak MB")]
    all_rows = []
    for megabytes, security, rounds, others in ((100, "tls", runs, peers(harness)), (1000, "tls", min(runs, 3), []),
                                                (100, "none", runs, [])):
        path = harness.work / f"message-{megabytes}-mb.eml"
        h.write_message(path, megabytes * 1_000_000)
        job = Job(security, file=path)
        how = {"same_cpu": False, "sink_options": ("--no-auth",) if security == "none" else ()}
        rows = harness.compare([*ENGINE, *LIMIT[1:]], job, rounds, **how)
        rows += harness.compare(others, job, 1, **how)
        path.unlink()
        title = f"One message of {megabytes} MB {'over TLS' if security == 'tls' else 'in the clear'}"
        h.table(title, rows, columns)
        for ours, theirs in ((0, 2), (1, 3)):
            share = h.ratio(rows[ours], rows[theirs], "megabytes_per_second")
            print(f"  {rows[ours].name}: {share:.2f} of the speed of {rows[theirs].name}")
        for row in rows:
            row.name += f", {megabytes} MB, {security}"
        all_rows += rows
    return all_rows


def command(harness, runs):
    clients = [Client("postrider-cli send", h.postrider_cli), Client("engine alone", h.engine),
               Client("limit", h.limit("chunked")),
               *(client for client in peers(harness) if client is not LIBETPAN)]
    rows = harness.compare(clients, Job(), 3 * runs, pinned=False)
    h.table("One message of 2 KB by a command, without delay", rows,
            [("cpu_ms", "CPU ms, start to exit"), ("accepted_ms", "ms to acceptance"), ("wall_ms", "ms to exit"),
             ("peak_megabytes", "peak MB")])
    return rows


def outbox(harness, runs):
    """Beside it the same messages without an outbox, so without a durable word about any of them."""
    clients = [Client("outbox run", h.outbox, sink=("--no-auth",)), Client("engine alone", h.engine)]
    rows = harness.compare(clients, Job("starttls", count=1000), runs, same_cpu=False, pinned=False)
    h.table("1,000 queued messages of 2 KB over STARTTLS, every step durable", rows,
            [("messages_per_second", "messages/s"), ("cpu_us_per_message", "CPU us/message"),
             ("peak_megabytes", "peak MB")], "engine alone", "messages_per_second")
    return rows


def kills(harness, _runs):
    subprocess.run([sys.executable, Path(__file__).with_name("kills.py"), "--build", harness.bin.parent], check=True)
    return []


def parts(harness, _runs):
    rows = []
    for program in ("contentencoder", "replyparser", "session", "mime"):
        if not harness.has(program):
            print(f"left out: {program} (Google Benchmark was missing when it was to be built)")
            continue
        done = subprocess.run([harness.programs / program, "--benchmark_format=json",
                               "--benchmark_min_time=0.2"], capture_output=True, text=True, check=True)
        for case in json.loads(done.stdout)["benchmarks"]:
            if case.get("error_occurred"):
                raise BenchmarkError(f"{case['name']}: {case['error_message']}")
            row = Row(f"{program}: {case['name'].removeprefix('BM_')}")
            row.add({"items_per_second": case.get("items_per_second", float("inf")),
                     "gigabytes_per_second": case.get("bytes_per_second", float("inf")) / 1e9})
            rows.append(row)
    h.table("Parts, without network", rows,
            [("items_per_second", "replies or messages/s"), ("gigabytes_per_second", "GB/s")])
    print(flush=True)
    subprocess.run([harness.programs / "enqueue"], check=True)
    if harness.has("queue"):
        subprocess.run([harness.programs / "queue"], check=True)
    return rows


SECTIONS = {"parts": parts, "small": small, "far": far, "cold": cold, "large": large, "command": command,
            "outbox": outbox, "kills": kills}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=Path("build/release"), help="the build folder")
    parser.add_argument("--runs", type=int, default=5, help="rounds of each comparison")
    parser.add_argument("--only", default=",".join(SECTIONS), help="some of: %(default)s")
    parser.add_argument("--sink-cpu", type=int, default=1)
    parser.add_argument("--client-cpu", type=int, default=0)
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    wanted = arguments.only.split(",")
    if unknown := set(wanted) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")

    usable = sorted(os.sched_getaffinity(0))
    processors = [cpu if cpu in usable else usable[-1] for cpu in (arguments.sink_cpu, arguments.client_cpu)]
    results = {"started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "processors": len(usable),
               "sections": {}}
    try:
        with tempfile.TemporaryDirectory(dir=build / "bench", prefix="work-") as work:
            harness = Harness(build, Path(work), processors)
            for name in wanted:
                load = os.getloadavg()[0]
                rows = SECTIONS[name](harness, arguments.runs)
                results["sections"][name] = {"load": load, "rows": {row.name: row.values for row in rows}}
    except (BenchmarkError, subprocess.SubprocessError, OSError) as error:
        sys.exit(f"run.py: {error}")
    output = build / "bench" / "results.json"
    output.write_text(json.dumps(results, indent=1) + "\n")
    print(f"\nAll values: {output}")


if __name__ == "__main__":
    main()
