# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
"""A network of its own with mail servers on their real ports, for a process inside `unshare -Urnm`.

Every domain has two addresses of its own, an IPv4 and an IPv6 one, on which its servers listen. A name server
(dnsmasq) knows all of them. Nothing outside the namespace can be reached.
"""

import base64
import os
import pathlib
import socket
import ssl
import subprocess
import threading
import time

GOOD, DROPPED, REFUSED, SILENT = "good", "dropped", "refused", "silent"
USUAL_PORTS = (465, 587, 2525, 25)


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


class Authority:
    """A certificate authority for one run, and server certificates from it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.file = self.folder / "ca.pem"
        self._key = self.folder / "ca.key"
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=Authority of the test", "-keyout", self._key, "-out", self.file,
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        self._number = 0

    def context(self, names):
        """A server's side of TLS for these names."""
        self._number += 1
        stem = self.folder / f"server{self._number}"
        key, request, certificate, extensions = (stem.with_suffix(end) for end in (".key", ".csr", ".pem", ".ext"))
        alternatives = ",".join(f"DNS:{name}" for name in names)
        extensions.write_text(f"subjectAltName={alternatives}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
        run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-subj", f"/CN={names[0]}", "-keyout", key, "-out", request)
        run("openssl", "x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self._key, "-CAcreateserial",
            "-days", "2", "-extfile", extensions, "-out", certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context


class Journal:
    """What clients said, of all servers."""

    def __init__(self):
        self._lines = []
        self._lock = threading.Lock()

    def add(self, line):
        with self._lock:
            self._lines.append(line)

    def lines(self):
        with self._lock:
            return list(self._lines)


class Office:
    """Whom a name's servers let in, and what was sent through them. Without one they only introduce themselves."""

    def __init__(self, passwords, *, refusal="535 5.7.8 no such user or wrong password", senders=None):
        self.passwords = passwords  # by user name
        self.refusal = refusal
        self.senders = senders  # addresses that may send; None: everybody
        self.signed_in = []
        self.messages = []  # (sender, recipients, text)

    def lets_in(self, user, password):
        self.signed_in.append(user)
        return self.passwords.get(user) == password


class MailServer(threading.Thread):
    """A sending server on one address and port. As many clients at once as want. Without a context it never encrypts."""

    def __init__(self, address, port, context, journal, *, implicit, mechanisms="PLAIN LOGIN", office=None):
        super().__init__(daemon=True)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._socket = socket.create_server((address, port), family=family, backlog=64)
        self._context = context
        self._journal = journal
        self._implicit = implicit
        self._mechanisms = mechanisms
        self._office = office
        self.start()

    def run(self):
        while True:
            client, _ = self._socket.accept()
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            self._talk(client)
        except (OSError, ssl.SSLError):
            pass  # the client has gone
        finally:
            client.close()

    def _talk(self, client):
        client.settimeout(60)
        encrypted = self._implicit
        if encrypted:
            client = self._context.wrap_socket(client, server_side=True)
        client.sendall(b"220 mail server of the test\r\n")
        reader = client.makefile("rb")
        while line := reader.readline():
            text = line.decode("utf-8", "replace").strip()
            self._journal.add(text)
            verb = text.split(" ")[0].upper()
            if verb == "EHLO":
                lines = ["server of the test", "SIZE 35882577", "8BITMIME"]
                if not encrypted and self._context:
                    lines.append("STARTTLS")
                elif self._mechanisms:
                    lines.append("AUTH " + self._mechanisms)
                reply = "".join(f"250{'-' if i + 1 < len(lines) else ' '}{l}\r\n" for i, l in enumerate(lines))
                client.sendall(reply.encode())
            elif verb == "STARTTLS" and not encrypted:
                client.sendall(b"220 go ahead\r\n")
                client = self._context.wrap_socket(client, server_side=True)
                reader = client.makefile("rb")
                encrypted = True
            elif verb == "QUIT":
                client.sendall(b"221 bye\r\n")
                return
            elif self._office:
                self._work(client, reader, text)
            else:
                client.sendall(b"502 not here\r\n")


    def _work(self, client, reader, line):
        """A command that only a server with an office knows."""
        verb, _, rest = line.partition(" ")
        verb = verb.upper()
        if verb == "AUTH" and rest.upper().startswith("PLAIN "):
            _, user, password = base64.b64decode(rest.split(" ")[1]).decode().split("\0")
            is_let_in = self._office.lets_in(user, password)
            client.sendall(b"235 2.7.0 welcome\r\n" if is_let_in else self._office.refusal.encode() + b"\r\n")
        elif verb == "MAIL":
            self._sender, self._recipients = rest.split("<")[1].split(">")[0], []
            is_allowed = self._office.senders is None or self._sender in self._office.senders
            client.sendall(b"250 2.1.0 ok\r\n" if is_allowed else b"553 5.7.1 not your address\r\n")
        elif verb == "RCPT":
            self._recipients.append(rest.split("<")[1].split(">")[0])
            client.sendall(b"250 2.1.5 ok\r\n")
        elif verb == "DATA":
            client.sendall(b"354 go ahead\r\n")
            body = b""
            while (each := reader.readline()) not in (b"", b".\r\n"):
                body += each
            self._office.messages.append((self._sender, self._recipients, body.decode("utf-8", "replace")))
            client.sendall(b"250 2.0.0 taken\r\n")
        elif verb in ("RSET", "NOOP"):
            client.sendall(b"250 2.0.0 ok\r\n")
        else:
            client.sendall(b"502 not here\r\n")


class SilentServer:
    """Takes connections and says nothing."""

    def __init__(self, address, port):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        # The kernel itself answers; nobody needs to accept.
        self._socket = socket.create_server((address, port), family=family, backlog=64)


class DroppingServer:
    """Answers no connection at all: a listener whose queue is full, so that the kernel drops what comes."""

    def __init__(self, address, port):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((address, port))
        self._socket.listen(0)
        self._fillers = []
        for _ in range(4):
            filler = socket.socket(family, socket.SOCK_STREAM)
            filler.setblocking(False)
            filler.connect_ex((address, port))
            self._fillers.append(filler)


class WebServer(threading.Thread):
    """One document by https, or by http without a context."""

    def __init__(self, address, context, journal, document):
        super().__init__(daemon=True)
        self._socket = socket.create_server((address, 443 if context else 80), backlog=16)
        self._context = context
        self._journal = journal
        self._document = document.encode()
        self.start()

    def run(self):
        while True:
            client, _ = self._socket.accept()
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            with self._context.wrap_socket(client, server_side=True) if self._context else client as stream:
                reader = stream.makefile("rb")
                while (line := reader.readline()) not in (b"", b"\r\n"):
                    self._journal.add(line.decode("utf-8", "replace").strip())
                stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\nContent-Length: "
                               + str(len(self._document)).encode() + b"\r\n\r\n" + self._document)
        except (OSError, ssl.SSLError):
            pass


class World:
    """Addresses, the name server and the servers, until the process ends."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.journal = Journal()
        self.authority = Authority(folder)
        self._servers = []
        self._records = []
        self._count = 0
        self._name_server = None
        run("ip", "link", "set", "lo", "up")

    def addresses(self):
        """An IPv4 and an IPv6 address that nobody else has."""
        self._count += 1
        ipv4, ipv6 = f"10.77.{self._count}.10", f"fd77::{self._count:x}:10"
        run("ip", "address", "add", f"{ipv4}/32", "dev", "lo")
        run("ip", "address", "add", f"{ipv6}/128", "dev", "lo", "nodad")
        return ipv4, ipv6

    def record(self, line):
        """A line for dnsmasq; before serve_names()."""
        self._records.append(line)

    def host(self, name, ports, *, ipv6_ports=None, names=None, mechanisms="PLAIN LOGIN", also=(), office=None):
        """Servers for a name: what happens at each port, on both addresses unless IPv6 has its own. Further names
        lead to the same addresses; an office lets people in and takes their messages."""
        ipv4, ipv6 = self.addresses()
        for each in (name, *also):
            self.record(f"host-record={each},{ipv4},{ipv6}")
        context = self.authority.context(names or [name])
        for address, behaviours in ((ipv4, ports), (ipv6, ipv6_ports or ports)):
            for port, behaviour in behaviours.items():
                if behaviour == GOOD:
                    implicit = port in (465, 1465)
                    self._servers.append(MailServer(address, port, context, self.journal, implicit=implicit,
                                                    mechanisms=mechanisms, office=office))
                elif behaviour == SILENT:
                    self._servers.append(SilentServer(address, port))
                elif behaviour == DROPPED:
                    self._servers.append(DroppingServer(address, port))
        return ipv4, ipv6

    def publish(self, host, document):
        """A settings document by https."""
        ipv4, _ = self.addresses()
        self.record(f"host-record={host},{ipv4}")
        self._servers.append(WebServer(ipv4, self.authority.context([host]), self.journal, document))

    def publish_plainly(self, host, document):
        """The same by http, and nothing by https."""
        ipv4, _ = self.addresses()
        self.record(f"host-record={host},{ipv4}")
        self._servers.append(WebServer(ipv4, None, self.journal, document))

    def serve_names(self):
        """From now on the namespace has a name server, and only this one."""
        settings = self.folder / "dnsmasq.conf"
        self.queries = self.folder / "queries.log"
        settings.write_text("\n".join([
            "no-resolv", "no-hosts", "no-daemon", "port=53", "listen-address=127.0.0.1", "bind-interfaces",
            "user=", "group=", "pid-file=", "local=/test/", "cache-size=0", "log-queries", f"log-facility={self.queries}",
            *self._records]) + "\n")
        resolver = self.folder / "resolv.conf"
        resolver.write_text("nameserver 127.0.0.1\noptions timeout:2 attempts:2\n")
        switch = self.folder / "nsswitch.conf"
        switch.write_text("hosts: files dns\n")
        run("mount", "--bind", resolver, os.path.realpath("/etc/resolv.conf"))
        run("mount", "--bind", switch, os.path.realpath("/etc/nsswitch.conf"))
        self._name_server = subprocess.Popen(["dnsmasq", f"--conf-file={settings}"], stdout=subprocess.DEVNULL,
                                             stderr=subprocess.PIPE)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", 53), 1).close()
                return
            except OSError:
                if self._name_server.poll() is not None:
                    raise RuntimeError(self._name_server.stderr.read().decode())
                time.sleep(0.05)
        raise RuntimeError("dnsmasq does not answer")

    def close(self):
        if self._name_server:
            self._name_server.terminate()
            self._name_server.wait()
