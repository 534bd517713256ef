import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { type HttpServer, readSettings, Service, serveLines, serveOverHttp } from "../../mcp/index";
import { LONGEST_LINE } from "../../mcp/transports/lines";
import { post, send } from "./rawHttp";
import { type Answer, McpWorld } from "./support";

const INITIALIZE = {
  jsonrpc: "2.0",
  id: "begin",
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
};

const ping = (id: unknown) => ({ jsonrpc: "2.0", id, method: "ping" });
const call = (id: unknown, name: string, args?: unknown, more: object = {}) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, arguments: args, ...more },
});

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

  /** Writes what is given, and gives so many messages back. */
  async function answers(count: number, ...written: (string | Buffer | object)[]): Promise<Answer[]> {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const serving = serveLines(service, input, output);
    let text = "";
    const told = new Promise<Answer[]>((resolve) => {
      output.on("data", (chunk) => {
        text += chunk;
        const messages: Answer[] = text
          .split("\n")
          .slice(0, -1)
          .map((line) => JSON.parse(line));
        const got = messages.filter(({ id }) => id !== undefined && id !== "begin");
        if (got.length >= count) resolve(got);
      });
    });
    for (const one of [INITIALIZE, ...written])
      input.write(typeof one === "string" || Buffer.isBuffer(one) ? one : `${JSON.stringify(one)}\n`);
    try {
      return await told;
    } finally {
      await serving.close();
    }
  }

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

  describe("whose arguments", () => {
    const structured = async (name: string, args: unknown, more: object = {}) => {
      const got = await answers(1, call(1, name, args, more));
      const { result, error } = got[0];
      assert.ok(!error && !result.isError, JSON.stringify(got[0]).slice(0, 600));
      return result.structuredContent;
    };

    it("are JSON text, null, an empty list or nothing mean the object", async () => {
      assert.equal((await structured("list-actions", '{"limit":1}')).actions.length, 1);
      for (const none of [null, undefined, "", []])
        assert.equal((await structured("list-actions", none, { _meta: null })).actions[0].action, "order.placed");
    });

    it("are texts where numbers, lists and objects stand mean those", async () => {
      const { actions, total } = await structured("list-actions", { limit: "1", offset: "0", queryable_only: "true" });
      assert.deepEqual([actions.length, total], [1, 1]);
      const plan = { actions: '["order.placed"]', group_by: '["actor_id"]', order_by: ["actor_id"], limit: "1" };
      for (const given of [plan, JSON.stringify(plan)])
        assert.deepEqual((await structured("run-plan", { plan: given })).rows, [{ actor_id: "u1", count: 1 }]);
      const sent = { action: "order.paid", attributes: '{"note":"5"}', revenue_impact: "12.50", object: null };
      const { event_id } = await structured("record-event", sent);
      await world.warehouse.refresh();
      const { event } = await structured("lookup-event", { event_id, action: null });
      assert.deepEqual([event.attributes, event.revenue_impact], [{ note: "5" }, 12.5]);
    });

    it("are null where something may be left out leave it out, at every depth", async () => {
      const plan = {
        actions: ["order.placed"],
        filters: [{ field: "actor_id", op: "is_not_null", value: null }],
        group_by: ["actor_id"],
        measures: [{ fn: "count", field: null, as: null }],
        order_by: [{ field: "actor_id", direction: null }],
        relate: null,
        window: null,
        limit: null,
      };
      assert.equal((await structured("run-plan", { plan })).row_count, 2);
    });

    it("are texts that say something else, or more digits than a number holds, are refused as they stand", async () => {
      const problemsOf = async (name: string, args: unknown) => {
        const [{ result }] = await answers(1, call(1, name, args));
        const { error } = JSON.parse(result.content[0].text);
        return error.problems.map(({ path, found, message }: Answer) => [path, found ?? message]);
      };
      assert.deepEqual(await problemsOf("list-actions", { limit: "many", queryable_only: "1", offset: "1.5" }), [
        ["queryable_only", '"1"'],
        ["offset", '"1.5"'],
        ["limit", '"many"'],
      ]);
      assert.deepEqual(await problemsOf("list-actions", { offset: "0.12345678901234567", limit: "1e400" }), [
        ["offset", '"0.12345678901234567"'],
        ["limit", '"1e400"'],
      ]);
      const filters = [{ field: "actor_id", op: "=", value: null }];
      assert.deepEqual(await problemsOf("run-plan", { plan: { actions: ["order.placed"], filters } }), [
        ["filters[0].value", "null"],
      ]);
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
