#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""Kills the deliverer again and again while it delivers, and counts what became of every message.

Each round puts messages into one outbox and kills `outbox run` (kill -9) at a random moment; the last run is not
killed. Then every message must have reached the server exactly once, or be shown as in doubt and have reached it at
most once. A server in this process takes what it is sent and knows each message by its subject.
"""

import argparse
import asyncio
import collections
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

MESSAGES_IN_ROUND = 2
LARGE_OCTETS = 200_000  # goes through the spool


class Server:
    """As much of RFC 5321, RFC 2920 and RFC 3030 as it takes, in the clear."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.accepted = collections.Counter()  # by subject

    async def start(self):
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        return server.sockets[0].getsockname()[1]

    def accept(self, content):
        for line in content.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
            if line.lower().startswith(b"subject: "):
                self.accepted[line[9:].decode()] += 1

    async def serve(self, reader, writer):
        try:
            await self.converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client was killed
        writer.close()

    async def converse(self, reader, writer):
        async def reply(text):
            # Now and then it takes its time, so that kills meet every stage.
            await asyncio.sleep(self.random.choice((0, 0, 0, 0.002, 0.01)))
            writer.write(text.encode() + b"\r\n")
            await writer.drain()

        await reply("220 mx.example.org ESMTP")
        chunks = b""
        while line := (await reader.readline()).decode(errors="replace").rstrip("\r\n"):
            verb = line.split()[0].upper()
            if verb == "EHLO":
                await reply("250-mx.example.org\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-CHUNKING\r\n"
                            "250 ENHANCEDSTATUSCODES")
            elif verb == "DATA":
                await reply("354 go on")
                content = await reader.readuntil(b"\r\n.\r\n")
                self.accept(content)
                await reply("250 2.0.0 taken")
            elif verb == "BDAT":
                words = line.split()
                chunks += await reader.readexactly(int(words[1]))
                if words[-1].upper() == "LAST":
                    self.accept(chunks)
                    chunks = b""
                await reply("250 2.0.0 taken")
            elif verb == "QUIT":
                await reply("221 2.0.0 bye")
                return
            else:
                chunks = b""
                await reply("250 2.0.0 fine")


class Outbox:
    def __init__(self, program, profile):
        self.program = program
        self.profile = profile

    def command(self, *words):
        return [self.program, "--profile", self.profile, "--json", *words]

    async def run(self, *words, check=True):
        process = await asyncio.create_subprocess_exec(*self.command(*words), stdin=subprocess.DEVNULL,
                                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, error = await process.communicate()
        if check and process.returncode != 0:
            sys.exit(f"{words[0]} ended with {process.returncode}: {error.decode()}")
        return [json.loads(line) for line in out.splitlines()]

    async def deliver(self, seconds):
        """Whether it was killed before it had done its work."""
        process = await asyncio.create_subprocess_exec(*self.command("outbox", "run", "--until-empty"),
                                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                                       stderr=subprocess.DEVNULL)
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(process.wait(), seconds)
        with contextlib.suppress(ProcessLookupError):  # it has ended in this moment
            process.kill()
        return await process.wait() == -signal.SIGKILL


async def measure(program, rounds, seed, work):
    print(f"seed {seed}")
    chance = random.Random(seed)
    server = Server(seed)
    port = await server.start()
    outbox = Outbox(program, work / "profile")
    await outbox.run("account", "add", "--email", "ann@example.org", "--host", "127.0.0.1", "--port", str(port),
                     "--security", "none", "--auth", "none")
    queued = []
    killed = 0
    for number in range(rounds):
        for part in range(MESSAGES_IN_ROUND):
            subject = f"round {number} message {part}"
            octets = LARGE_OCTETS if (number + part) % 7 == 0 else 1500
            path = work / f"{part}.eml"
            path.write_bytes(b"From: ann@example.org\r\nTo: bob@example.net\r\nSubject: " + subject.encode()
                             + b"\r\n\r\n" + b"x" * 70 + b"\r\n" + (b"y" * 76 + b"\r\n") * (octets // 78))
            await outbox.run("send", "--queue-only", "--eml", path)
            queued.append(subject)
        killed += await outbox.deliver(chance.uniform(0.02, 0.2))
    await outbox.deliver(120)

    states = collections.defaultdict(list)
    for message in await outbox.run("outbox", "list"):
        states[message["subject"]].append(message["state"])
    wrong = []
    counts = collections.Counter()
    for subject in queued:
        state = states[subject]
        copies = server.accepted[subject]
        counts[state[0] if state else "gone"] += 1
        if not (state == ["sent"] and copies == 1) and not (state == ["in-doubt"] and copies <= 1):
            wrong.append(f"{subject}: {state}, {copies} copies")
    print(f"{killed} of {rounds} deliverers killed at work; {len(queued)} messages: "
          + ", ".join(f"{count} {state}" for state, count in sorted(counts.items())))
    print(f"lost or doubled: {len(wrong)}")
    for line in wrong:
        print(f"  {line}")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=Path("build/release"), help="the build folder")
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    with tempfile.TemporaryDirectory(dir=build, prefix="kills-") as work:
        return asyncio.run(measure(build / "bin" / "postrider-cli", arguments.rounds, arguments.seed, Path(work)))


if __name__ == "__main__":
    sys.exit(main())
