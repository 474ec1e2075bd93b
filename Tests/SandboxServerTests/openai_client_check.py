#!/usr/bin/env python3
"""Runs the official openai package against the SoraRelay dialect of a served sandbox.

    python3 -m venv VENV && VENV/bin/pip install openai
    reel sandbox --port 8899 --speed 10 &
    VENV/bin/python Tests/SandboxServerTests/openai_client_check.py http://127.0.0.1:8899/sorarelay

Prints one line a step and exits with 0 when every step did what it should. With ffprobe installed, the films are
probed too.
"""

import json
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import warnings
import zlib

import openai

# The client says with every call when the official service will end; its shape lives on in relays.
warnings.filterwarnings("ignore", category=DeprecationWarning)


def png(width, height):
    """A grey picture, as the file part of input_reference."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def check(condition, sentence):
    if not condition:
        print(f"not ok: {sentence}")
        sys.exit(1)
    print(f"ok: {sentence}")


def wait(client, video):
    words = []
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        video = client.videos.retrieve(video.id)
        if video.status not in words:
            words.append(video.status)
        if video.status in ("completed", "failed"):
            return video, words
        time.sleep(0.05)
    check(False, f"{video.id} ends within two minutes")


def probe(path, width, height, seconds):
    data = path.read_bytes()
    check(data[4:8] == b"ftyp", f"{path.name} is an MP4 file of {len(data)} bytes")
    if shutil.which("ffprobe") is None:
        return
    command = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    stream = json.loads(result.stdout)["streams"][0]
    check(result.stderr == "", "ffprobe finds nothing to complain of")
    check((stream["width"], stream["height"]) == (width, height), f"ffprobe sees {width}x{height}")
    check(abs(float(stream["duration"]) - seconds) < 0.01, f"ffprobe sees {seconds} s")


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        sys.exit(2)
    base = sys.argv[1].rstrip("/")
    base = base if base.endswith("/v1") else f"{base}/v1"
    client = openai.OpenAI(api_key="sandbox-python", base_url=base, max_retries=0)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sandbox-check-"))

    video = client.videos.create(model="sora-2", prompt="a cat on the moon", seconds="8", size="1280x720")
    check(video.id.startswith("video_") and video.status == "queued", f"create without a file gives {video.id}")
    video, words = wait(client, video)
    check(video.status == "completed" and video.progress == 100, f"retrieve goes through {', '.join(words)}")
    client.videos.download_content(video.id).write_to_file(folder / "plain.mp4")
    probe(folder / "plain.mp4", 1280, 720, 8)

    picture = folder / "reference.png"
    picture.write_bytes(png(64, 64))
    second = client.videos.create(
        model="sora-2", prompt="the same cat, sandbox:official", seconds="4", size="720x1280", input_reference=picture
    )
    check(second.status == "queued", f"create with a file gives {second.id}")
    second, words = wait(client, second)
    check(second.status == "completed", f"retrieve goes through {', '.join(words)}")
    check(second.expires_at is not None, "the official object says when the file expires")
    client.videos.download_content(second.id).write_to_file(folder / "reference.mp4")
    probe(folder / "reference.mp4", 720, 1280, 4)

    failed = client.videos.create(prompt="a cat sandbox:moderation")
    failed, _ = wait(client, failed)
    check(failed.status == "failed" and failed.error.code == "moderation_blocked", "a failed job carries its error")

    remix = client.videos.remix(video.id, prompt="now at night")
    check(remix.remixed_from_video_id == video.id, "remix names its source")

    listed = [item.id for item in client.videos.list(limit=2)]
    check(listed[:1] == [remix.id] and video.id in listed, f"list goes through its pages, {len(listed)} videos")
    deleted = client.videos.delete(video.id)
    check(deleted.deleted is True and deleted.id == video.id, "delete deletes")
    try:
        client.videos.retrieve(video.id)
        check(False, "a deleted video is not found")
    except openai.NotFoundError as error:
        check(error.status_code == 404 and error.request_id is not None, "a deleted video is not found")

    for call, kind, sentence in [
        (lambda: client.videos.create(prompt="a", size="1x2"), openai.BadRequestError, "a wrong size is refused"),
        (lambda: client.videos.create(prompt="a", seconds="7"), openai.BadRequestError, "a wrong length is refused"),
        (lambda: client.videos.create(prompt="a", model="gpt"), openai.NotFoundError, "a wrong model is refused"),
        (
            lambda: client.with_options(api_key="sk-real").videos.list(),
            openai.AuthenticationError,
            "a key that is not the sandbox's is refused",
        ),
    ]:
        try:
            call()
            check(False, sentence)
        except kind:
            check(True, sentence)
    shutil.rmtree(folder)
    print("all well")


main()
