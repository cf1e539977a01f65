"""Joins a pseudo terminal to the simulated reader's TCP port, so that the serial driver can be tried without a reader.

Usage: pty-bridge.py HOST PORT LINK
While the port accepts, LINK is a symbolic link to the terminal; when the line drops, the terminal hangs up and LINK is
gone, as with a pulled USB cable. Ends when its standard input closes.
"""

import os
import pty
import select
import socket
import sys
import tty


def connect(host, port):
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        try:
            return socket.create_connection((host, port))
        except OSError:
            continue
    return None


def relay(line, master):
    """True when the line dropped, False when the parent is gone."""
    while True:
        ready = select.select([line, master, sys.stdin], [], [])[0]
        if sys.stdin in ready:
            return False
        if line in ready:
            data = line.recv(4096)
            if not data:
                return True
            os.write(master, data)
        if master in ready:
            line.sendall(os.read(master, 4096))


def main(host, port, link):
    going = True
    while going:
        line = connect(host, int(port))
        if line is None:
            return
        master, slave = pty.openpty()
        tty.setraw(slave)
        os.symlink(os.ttyname(slave), link)
        try:
            going = relay(line, master)
        except OSError:
            going = True
        os.unlink(link)
        os.close(slave)
        os.close(master)
        line.close()


main(*sys.argv[1:])
