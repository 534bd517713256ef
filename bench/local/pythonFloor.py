"""The connector's own share of a statement: the same requests answered at once by a server that does nothing."""

import gzip
import http.server
import json
import threading
import time

import snowflake.connector

ROUNDS = 30
LOGIN = {"token": "t", "masterToken": "m", "sessionId": 1, "validityInSeconds": 3600, "masterValidityInSeconds": 3600, "parameters": [], "sessionInfo": {}}
ONE = {"parameters": [], "rowtype": [{"name": "1", "type": "fixed", "precision": 1, "scale": 0, "length": None, "nullable": False, "byteLength": None}], "rowset": [["1"]], "total": 1, "returned": 1, "queryId": "00000000-0000-0000-0000-000000000000", "finalDatabaseName": None, "finalSchemaName": None, "finalWarehouseName": None, "finalRoleName": None, "statementTypeId": 4096, "queryResultFormat": "json", "version": 1}


class Idle(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one write: in two, the second waits 40 ms for the first one's acknowledgement.
    wbufsize = -1

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        del body
        data = LOGIN if "login-request" in self.path else ONE
        text = gzip.compress(json.dumps({"data": data, "success": True, "code": None, "message": None}).encode())
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Idle)
threading.Thread(target=server.serve_forever, daemon=True).start()
connection = snowflake.connector.connect(account="local", user="u", password="p", host="127.0.0.1", port=server.server_address[1], protocol="http")
cursor = connection.cursor()
times = []
for _ in range(ROUNDS):
    began = time.perf_counter()
    cursor.execute("select 1")
    cursor.fetchall()
    times.append((time.perf_counter() - began) * 1000)
print(json.dumps({"floor": sorted(times)[ROUNDS // 2]}))
