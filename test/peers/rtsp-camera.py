#!/usr/bin/python3
"""A network camera for tests: H.264 1280x720 and A-law sound over RTSP with digest authentication.

Usage: rtsp-camera.py PORT PATH USER PASSWORD FPS KEY_EVERY. Prints `ready` when it listens.
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
gi.require_version("GstRtsp", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer

port, path, user, password, fps, key_every = sys.argv[1:7]
Gst.init(None)

picture = (
    f"videotestsrc is-live=true pattern=ball ! video/x-raw,width=1280,height=720,framerate={fps}/1 ! "
    f"x264enc tune=zerolatency speed-preset=ultrafast bitrate=1500 key-int-max={key_every} ! "
    "video/x-h264,profile=main ! rtph264pay name=pay0 pt=96 config-interval=-1"
)
sound = "audiotestsrc is-live=true wave=ticks ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1 pt=8"
media = GstRtspServer.RTSPMediaFactory()
media.set_launch(f"( {picture} {sound} )")
media.set_shared(True)

login = GstRtspServer.RTSPAuth()
login.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
token = GstRtspServer.RTSPToken()
token.set_string("media.factory.role", "viewer")
login.add_digest(user, password, token)
rights = GstRtspServer.RTSPPermissions()
rights.add_role("viewer")
for right in ("media.factory.access", "media.factory.construct"):
    rights.add_permission_for_role("viewer", right, True)
media.set_permissions(rights)

server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)
server.set_auth(login)
server.get_mount_points().add_factory(path, media)
server.attach(None)
print("ready", server.get_bound_port(), flush=True)
loop = GLib.MainLoop()
# Whoever started it is gone: nothing is left behind.
GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_HUP, lambda *_: loop.quit())
loop.run()
