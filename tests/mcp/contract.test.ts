import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { outputsOn } from "../../cli/warehouse/ingestPath";
import { createServer, readSettings, Service, VERSION } from "../../mcp/index";
import { contractChanges, type ToolContract } from "./contract";

const SNAPSHOT = join(__dirname, "..", "fixtures", "mcp_contract.json");

describe("The contract of the MCP tools", () => {
  let tools: (ToolContract & { title?: string; description?: string })[];
  let service: Service;

  before(async () => {
    const outputs = outputsOn({ account: "LOCAL-CONTRACT", host: "127.0.0.1", port: 9 });
    service = new Service({ outputs, credentials: { username: "NOBODY", password: "unused" } }, readSettings({}));
    const client = new Client({ name: "contract", version: "1" });
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    await createServer(service).connect(theirs);
    await client.connect(ours);
    tools = JSON.parse(JSON.stringify((await client.listTools()).tools));
    await client.close();
  });

  it("is the one that was promised (UPDATE_CONTRACT=1 writes it; a breaking change needs a higher first number of VERSION)", () => {
    const now = { version: VERSION, tools };
    const kept = JSON.parse(readFileSync(SNAPSHOT, "utf8")) as typeof now;
    const changes = contractChanges(kept.tools, tools);
    const breaking = changes.filter(({ kind }) => kind === "breaking").map(({ what }) => what);
    const major = (version: string) => Number(version.split(".")[0]);
    if (major(VERSION) === major(kept.version)) assert.deepEqual(breaking, [], "breaking changes");
    if (process.env.UPDATE_CONTRACT) writeFileSync(SNAPSHOT, `${JSON.stringify(now, null, 1)}\n`);
    else assert.deepEqual(now, kept, `the contract changed: ${JSON.stringify(changes)}`);
  });

  it("has a title, a description, both schemas and four hints for every tool, under a name of its file", () => {
    for (const { name, title, description, inputSchema, outputSchema, annotations } of tools) {
      assert.match(name, /^[a-z]+(-[a-z]+)+$/);
      assert.ok(name.length <= 64 && title && description && description.length > 60, name);
      assert.deepEqual([inputSchema.type, outputSchema?.type], ["object", "object"], name);
      assert.deepEqual(
        ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"].map(
          (hint) => typeof annotations?.[hint],
        ),
        ["boolean", "boolean", "boolean", "boolean"],
        name,
      );
      readFileSync(join(__dirname, "..", "..", "mcp", "tools", `${name}.ts`));
    }
    assert.deepEqual(
      tools.filter(({ annotations }) => annotations?.readOnlyHint !== true).map(({ name }) => name),
      ["record-event"],
    );
  });

  it("describes every field a client may send", () => {
    const bare: string[] = [];
    const walk = (schema: ToolContract["inputSchema"], place: string) => {
      for (const [key, child] of Object.entries(
        (schema.properties ?? {}) as Record<string, ToolContract["inputSchema"]>,
      )) {
        const isPlain =
          ["actor_id", "object_id", "anonymous_actor_id", "id", "type", "link", "field", "direction"].includes(key) ||
          child.enum;
        if (
          !child.description &&
          !isPlain &&
          child.type !== "object" &&
          !["attributes", "revenue_impact", "depends_on_event_id"].includes(key)
        )
          bare.push(`${place}.${key}`);
        walk(child, `${place}.${key}`);
      }
    };
    for (const { name, inputSchema } of tools) walk(inputSchema, name);
    assert.deepEqual(bare, []);
  });

  it("shows models no part of JSON Schema that some of them refuse", () => {
    const refused: string[] = [];
    const walk = (node: unknown, place: string) => {
      if (typeof node !== "object" || node === null) return;
      const schema = node as Record<string, unknown>;
      if (Array.isArray(schema.type)) refused.push(`${place}: several types`);
      if (schema.type === "array" && !schema.items) refused.push(`${place}: a list of anything`);
      for (const key of [
        "$ref",
        "$defs",
        "propertyNames",
        "patternProperties",
        "prefixItems",
        "const",
        "oneOf",
        "allOf",
        "not",
      ])
        if (key in schema) refused.push(`${place}: ${key}`);
      for (const [key, value] of Object.entries(schema.properties ?? {})) walk(value, `${place}.${key}`);
      if (schema.items) walk(schema.items, `${place}[]`);
      for (const [n, choice] of ((schema.anyOf ?? []) as unknown[]).entries()) walk(choice, `${place}|${n}`);
    };
    for (const { name, inputSchema } of tools) {
      assert.ok(!("anyOf" in inputSchema), name);
      walk(inputSchema, name);
    }
    assert.deepEqual(refused, []);
  });

  it("tells breaking changes from compatible ones", () => {
    const tool = (input: object, output: object = {}): ToolContract[] => [
      { name: "t", inputSchema: { type: "object", ...input }, outputSchema: { type: "object", ...output } },
    ];
    const kinds = (before: ToolContract[], after: ToolContract[]) =>
      contractChanges(before, after).map(({ kind, what }) => `${kind}: ${what}`);
    const text = { type: "string" };
    assert.deepEqual(kinds(tool({}), []), ["breaking: t: is gone"]);
    assert.deepEqual(kinds(tool({}), tool({ properties: { a: text } })), ["compatible: t input: a is new"]);
    assert.deepEqual(kinds(tool({ properties: { a: text } }), tool({ properties: { a: text }, required: ["a"] })), [
      "breaking: t input: a must be sent now",
    ]);
    assert.deepEqual(
      kinds(tool({ properties: { a: { enum: ["x"] } } }), tool({ properties: { a: { enum: ["x", "y"] } } })),
      [],
    );
    assert.deepEqual(
      kinds(tool({ properties: { a: { enum: ["x", "y"] } } }), tool({ properties: { a: { enum: ["x"] } } })),
      ["breaking: t input.a: allows fewer values"],
    );
    assert.deepEqual(
      kinds(tool({}, { properties: { a: text }, required: ["a"] }), tool({}, { properties: { a: text } })),
      ["breaking: t output: a may be missing now"],
    );
    assert.deepEqual(
      kinds(tool({}, { properties: { a: text } }), tool({}, { properties: { a: { type: "number" } } })),
      ['breaking: t output.a: type "string" became "number"'],
    );
    assert.deepEqual(
      kinds(
        tool({ properties: { a: { ...text, maxLength: 5 } } }),
        tool({ properties: { a: { ...text, maxLength: 4 } } }),
      ),
      ["breaking: t input.a: maxLength became 4"],
    );
  });
});
