import json
from http.server import BaseHTTPRequestHandler, HTTPServer

polls = {}

class Lumen(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = f"vid_{len(polls) + 1}"
        polls[name] = 0
        print("asked for", body)
        self.answer({"id": name, "status": "queued"})

    def do_GET(self):
        name = self.path.rsplit("/", 1)[-1]
        if name.endswith(".mp4"):
            return self.answer(b"\0\0\0\x18ftypisom\0\0\0\0isommp41" + b"\0\0\0\x08moov", "video/mp4")
        polls[name] += 1
        task = {"id": name, "status": "processing"}
        if polls[name] > 2:
            task = {"id": name, "status": "completed", "video_url": f"http://127.0.0.1:8099/files/{name}.mp4"}
        self.answer(task)

    def answer(self, body, kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Request-Id", f"stub-{len(polls)}")
        self.end_headers()
        self.wfile.write(data)

HTTPServer(("127.0.0.1", 8099), Lumen).serve_forever()
