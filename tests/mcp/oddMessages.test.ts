import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { type HttpServer, readSettings, Service, serveLines, serveOverHttp } from "../../mcp/index";
import { TOOLS } from "../../mcp/tools/index";
import { LONGEST_LINE } from "../../mcp/transports/lines";
import { post, send } from "./rawHttp";
import { answersTo, call, INITIALIZE, ping } from "./rawLines";
import { type Answer, McpWorld } from "./support";

describe("Odd messages to the MCP server", () => {
  let world: McpWorld;
  let service: Service;

  before(async () => {
    world = await McpWorld.start();
    await world.person("ALICE", "order.*");
    await world.warehouse.ingest([
      { action: "order.placed", actor_id: "u1" },
      { action: "order.placed", actor_id: "u2" },
    ]);
    service = new Service(world.asPerson("ALICE"), readSettings(world.environment("ALICE")));
  });

  after(async () => {
    await service?.close();
    await world?.close();
  });

  const answers = (count: number, ...written: (string | Buffer | object)[]) => answersTo(service, count, ...written);
  const refusalOf = ({ id, error }: Answer) => [id, error?.code, error?.message];

  describe("in lines", () => {
    it("are answered when they are no message, and the next one is served", async () => {
      const refused: [string | Buffer | object, unknown[]][] = [
        ["\n\r\n  \nhello\n", [null, -32700, /no JSON \(.*\), found "hello"\.$/]],
        ['{"id":5,"method":"pi\n', [null, -32700, /no JSON/]],
        ["[]\n", [null, -32600, "Invalid Request: the batch is empty."]],
        [{ id: 1, method: "ping" }, [1, -32600, 'Invalid Request: jsonrpc must be "2.0", found nothing.']],
        [ping(null), [null, -32600, "Invalid Request: id must be a text or a whole number, found null."]],
        [ping(1.5), [1.5, -32600, "Invalid Request: id must be a text or a whole number, found 1.5."]],
        [{ ...ping(1), params: ["x"] }, [1, -32600, 'Invalid Request: params must be an object, found ["x"].']],
        [{ jsonrpc: "2.0", id: 8 }, [8, -32600, "Invalid Request: a message needs a method, a result or an error."]],
        [
          call(4, "list-actions", {}, { _meta: { progressToken: 1.5 } }),
          [4, -32600, "Invalid Request: params._meta.progressToken must be a text or a whole number, found 1.5."],
        ],
        [
          call(4, "list-actions", "limit=1"),
          [4, -32600, 'Invalid Request: params.arguments must be an object, found "limit=1".'],
        ],
        [
          '{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"my-permissions","n\\u0061me":"run-plan"}}\n',
          [null, -32600, "Invalid Request: a key stands twice in one object."],
        ],
        [
          `{"jsonrpc":"2.0","id":5,"method":"ping","params":{"x":${"[".repeat(300_000)}${"]".repeat(300_000)}}}\n`,
          [null, -32600, "Invalid Request: it is nested too deeply."],
        ],
        [
          Buffer.from('{"jsonrpc":"2.0","id":5,"method":"ping","params":{"x":"\xff"}}\n', "latin1"),
          [null, -32700, "Parse error: the message is not UTF-8. Send JSON in UTF-8."],
        ],
        [
          `${"x".repeat(12_000_000)}\n`,
          [null, -32600, `Invalid Request: the message has 12000000 bytes, more than ${LONGEST_LINE}. Send less.`],
        ],
      ];
      for (const [message, [id, code, words]] of refused) {
        const [refusal, next] = await answers(2, message, ping("next"));
        const [foundId, foundCode, found] = refusalOf(refusal);
        assert.deepEqual([foundId, foundCode], [id, code], found);
        if (words instanceof RegExp) assert.match(found, words);
        else assert.equal(found, words);
        assert.deepEqual(next, { jsonrpc: "2.0", id: "next", result: {} });
      }
    });

    it("are read after a byte order mark, with either end of line, in pieces, and one by one from a batch", async () => {
      const mark = Buffer.from("\uFEFF");
      const line = Buffer.from(`${JSON.stringify(ping("é"))}\r\n`);
      const other = Buffer.from(`${JSON.stringify(ping("ü"))}\r\n`);
      const pieces = Array.from(other, (_, at) => other.subarray(at, at + 1));
      const got = await answers(5, Buffer.concat([mark, line]), ...pieces, [ping(1), ping(2.5), ping(3)]);
      assert.deepEqual(got.map(({ id, result }) => [String(id), result !== undefined]).sort(), [
        ["1", true],
        ["2.5", false],
        ["3", true],
        ["é", true],
        ["ü", true],
      ]);
    });

    it("with parameters that their method has not are told which, in the words of the protocol", async () => {
      const request = (method: string, params?: unknown) => ({ jsonrpc: "2.0", id: 1, method, params });
      const refused: [object, string][] = [
        [
          request("initialize", { ...INITIALIZE.params, protocolVersion: 5, clientInfo: { name: "x" } }),
          "params.protocolVersion must be a text, found 5; params.clientInfo.version must be a text, found nothing",
        ],
        [request("prompts/get"), "params must be an object, found nothing"],
        [
          request("prompts/get", { name: "funnel", arguments: { from: 5 } }),
          "params.arguments.from must be a text, found 5",
        ],
        [
          request("completion/complete", { ref: { type: "x" }, argument: { name: "from", value: "" } }),
          'params.ref must be {"type": "ref/prompt", "name": …} or {"type": "ref/resource", "uri": …}, found {"type":"x"}',
        ],
        [
          request("logging/setLevel", { level: "loud" }),
          'params.level must be one of "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency", found "loud"',
        ],
        [request("resources/read", { uri: 5 }), "params.uri must be a text, found 5"],
        [request("resources/subscribe", {}), "params.uri must be a text, found nothing"],
        [request("tools/list", { cursor: 5 }), "params.cursor must be a text, found 5"],
        [request("tools/call", {}), "params.name must be a text, found nothing"],
        [request("resources/list", { cursor: "2" }), 'params.cursor must be one that this server gave, found "2"'],
        [
          request("resources/subscribe", { uri: `warehouse://${"x".repeat(2000)}` }),
          "params.uri must have at most 2000 characters, found 2012",
        ],
        ...[
          ["run_plan", '"run_plan". Did you mean run-plan?'],
          ["mcp__warehouse__Run-Plan", '"mcp__warehouse__Run-Plan". Did you mean run-plan?'],
          ["run-plan\u200b", '"run-plan\\u200b". Did you mean run-plan?'],
          ["ｒｕｎ-plan\u202e", '"ｒｕｎ-plan\\u202e".'],
          ["\n", '"\\n".'],
        ].map(([name, words]): [object, string] => [
          request("tools/call", { name, arguments: {} }),
          `there is no tool ${words} The tools are ${TOOLS.map((tool) => tool.name).join(", ")}`,
        ]),
        [
          request("prompts/get", { name: "funnels" }),
          'there is no prompt "funnels". Did you mean funnel? The prompts are weekly-review, trace-person, funnel',
        ],
      ];
      for (const [message, words] of refused) {
        const [refusal, next] = await answers(2, message, ping("next"));
        assert.deepEqual(refusalOf(refusal), [1, -32602, `Invalid params: ${words}.`]);
        assert.deepEqual(next, { jsonrpc: "2.0", id: "next", result: {} });
      }
    });

    it("with the id of a request still being answered are refused, and the earlier one is answered", async () => {
      const [refused, ...others] = await answers(3, call(3, "list-actions"), call(3, "list-actions"), ping("next"));
      const words = "the id 3 is that of a request still being answered. Give each request its own.";
      assert.deepEqual(refusalOf(refused), [3, -32600, `Invalid Request: ${words}`]);
      assert.deepEqual(others.map(({ id, result }) => [id, result !== undefined]).sort(), [
        [3, true],
        ["next", true],
      ]);
      // What was cancelled is not answered, so its id is free.
      const cancel = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 3 } };
      const [after] = await answers(1, call(3, "list-actions"), cancel, ping(3));
      assert.deepEqual(after, { jsonrpc: "2.0", id: 3, result: {} });
    });

    it("are what clients send that know more of the protocol, and change nothing", async () => {
      const note = (method: string, params?: object) => ({ jsonrpc: "2.0", method: `notifications/${method}`, params });
      const [only] = await answers(
        1,
        note("initialized"),
        note("roots/list_changed"),
        note("cancelled", { requestId: 999, reason: "too late" }),
        note("progress", { progressToken: 1, progress: 1 }),
        note("message/none"),
        ping("only"),
      );
      assert.equal(only.id, "only");
    });

    it("are answered though input ends behind the last of them, with or without a line feed", async () => {
      const asked = [INITIALIZE, call(1, "list-actions"), ping(2), call(3, "recent-events")];
      for (const last of ["\n", ""]) {
        const [input, output] = [new PassThrough(), new PassThrough()];
        const { ended, close } = serveLines(service, input, output);
        input.end(asked.map((message) => JSON.stringify(message)).join("\n") + last);
        await ended;
        await close();
        output.end();
        const got = (await text(output)).trim().split("\n");
        assert.deepEqual(got.map((line) => JSON.parse(line).id).sort(), [1, 2, 3, "begin"]);
      }
    });

    it("get no answer when they are answers to nothing", async () => {
      const [only] = await answers(
        1,
        { jsonrpc: "2.0", id: 99, result: {} },
        { jsonrpc: "2.0", id: 99, error: { code: "x" } },
        { jsonrpc: "2.0", method: "notifications/cancelled", params: {} },
        ping("only"),
      );
      assert.equal(only.id, "only");
    });
  });

  describe("over HTTP", () => {
    let server: HttpServer;
    let headers: Record<string, string>;

    before(async () => {
      server = await serveOverHttp(service, { port: 0 });
      const { headers: begun } = await post(server.url, INITIALIZE);
      headers = { "mcp-protocol-version": "2025-11-25", "mcp-session-id": String(begun["mcp-session-id"]) };
    });

    after(() => server?.close());

    it("are refused with what was found, or read as they were meant", async () => {
      const refused = await post(server.url, ping(1.5), headers);
      assert.deepEqual(
        [refused.status, ...refusalOf(refused.body)],
        [400, 1.5, -32600, "Invalid Request: id must be a text or a whole number, found 1.5."],
      );
      const noText = await send(server.url, "POST", Buffer.from([0x22, 0xff, 0x22]), headers);
      assert.match(noText.body.error.message, /not UTF-8/);
      assert.match(
        String((await post(server.url, call(2, "list-actions", '{"prefix":"order.placed"}'), headers)).body),
        /"total":1[,}]/,
      );
      const lost = await send(server.url.replace("/mcp", "/sse"), "GET", undefined);
      assert.deepEqual(
        [lost.status, lost.body.error.message],
        [404, "There is nothing at /sse; this server is at /mcp."],
      );
    });

    it("with parameters that their method has not are told which, as an answer to the request", async () => {
      const { status, body } = await post(server.url, { ...call(4, "list-actions"), params: {} }, headers);
      assert.deepEqual(
        [status, ...refusalOf(body)],
        [200, 4, -32602, "Invalid params: params.name must be a text, found nothing."],
      );
    });

    it("with the id of a request still being answered are refused, and the earlier one is answered", async () => {
      const both = [call(3, "list-actions", {}), call(3, "list-actions", {})];
      const replies = await Promise.all(both.map((message) => post(server.url, message, headers)));
      // Both come to an end; the second is refused unless the first was quicker.
      assert.ok(replies.some(({ status }) => status === 200));
      const refused = [await post(server.url, both, headers), ...replies.filter(({ status }) => status !== 200)];
      for (const { status, body } of refused)
        assert.deepEqual(
          [status, ...refusalOf(body)],
          [
            400,
            3,
            -32600,
            "Invalid Request: the id 3 is that of a request still being answered. Give each request its own.",
          ],
        );
      assert.equal((await post(server.url, call(3, "list-actions", {}), headers)).status, 200);
    });
  });
});
