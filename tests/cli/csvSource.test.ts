import assert from "node:assert/strict";
import { Readable } from "node:stream";
import fc from "fast-check";
import { readCsvRecords } from "../../cli/load/csvRecords";
import { sourceFiles } from "./sourceFiles";

/** In pieces that end anywhere. */
async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}

describe("a CSV file of events", () => {
  const { file, read, events } = sourceFiles();

  it("becomes fields by their names, attributes by all others", async () => {
    const csv =
      'action,occurred_at,actor_id,object_type,object_id,revenue_impact,colour\norder.placed,2026-03-01T10:00:00Z,007,order,"a,""b""\nc",12.50,red\norder.placed,,,,,,\n';
    assert.deepEqual(await read(file("e.csv", csv)), [
      {
        line: 2,
        text: '{"action":"order.placed","occurred_at":"2026-03-01T10:00:00Z","actor_id":"007","object":{"type":"order","id":"a,\\"b\\"\\nc"},"revenue_impact":12.50,"attributes":{"colour":"red"}}',
      },
      { line: 4, text: '{"action":"order.placed"}' },
    ]);
  });

  it("with the names in capital letters, as Snowflake unloads them, becomes the same fields", async () => {
    const csv =
      "ACTION,OCCURRED_AT,OBJECT_TYPE,actor_id,ACTOR_ID,Link\norder.placed,2026-03-01T10:00:00Z,order,u1,u2,x\n";
    assert.deepEqual(await events(file("unloaded.csv", csv)), [
      {
        action: "order.placed",
        occurred_at: "2026-03-01T10:00:00Z",
        object: { type: "order" },
        actor_id: "u1",
        attributes: { ACTOR_ID: "u2", Link: "x" },
      },
    ]);
  });

  it("keeps what stands in a column without a name", async () => {
    const csv = ",action,actor_id,\n0,a.b,u1,\n1,a.b,u2,\n";
    const expected = [0, 1].map((index) => ({
      line: index + 2,
      text: `{"attributes":{"column 1":"${index}"},"action":"a.b","actor_id":"u${index + 1}"}`,
    }));
    assert.deepEqual(await read(file("index.csv", csv)), expected);
    const mapping = { columns: ["attributes.row:number=column 1"], constants: [] };
    assert.deepEqual(
      (await read(file("index.csv", csv), { mapping })).map((record) => ("text" in record ? record.text : "")),
      expected.map(({ text }) => text.replace(/"column 1":"(.)"/, '"row":$1')),
    );
  });

  it("follows a mapping, constants and types", async () => {
    const csv = 'who,price,ok,extra\nu1,12345678901234567890.5,TRUE,"[1]"\nu2,cheap,no,{\n';
    const mapping = {
      columns: [
        "actor_id=who",
        "attributes.price:number=price",
        "attributes.ok:boolean=ok",
        "attributes.extra:json=extra",
      ],
      constants: ["action=item.sold", "attributes.shop=web"],
    };
    assert.deepEqual(await read(file("m.csv", csv), { mapping }), [
      {
        line: 2,
        text: '{"action":"item.sold","attributes":{"shop":"web","price":12345678901234567890.5,"ok":true,"extra":[1]},"actor_id":"u1"}',
      },
      {
        line: 3,
        text: '{"who":"u2","price":"cheap","ok":"no","extra":"{"}',
        problem: 'price: expected a number, found "cheap"',
      },
    ]);
    const path = file("m.csv", csv);
    await assert.rejects(read(path, { mapping: { columns: ["actor_id=nobody"], constants: [] } }), {
      message: `${path} has no column "nobody"; its columns are who, price, ok, extra`,
    });
  });

  it("says which record has too few cells, and goes on", async () => {
    assert.deepEqual(await events(file("r.csv", "action,actor_id\na.b\na.b,u1\n")), [
      "the record has 1 cells; the header has 2",
      { action: "a.b", actor_id: "u1" },
    ]);
  });

  it("may be separated by something else, by tabs when its name says so", async () => {
    const expected = [{ line: 2, text: '{"action":"a.b","actor_id":"u,1"}' }];
    assert.deepEqual(await read(file("t.tsv", "action\tactor_id\na.b\tu,1\n")), expected);
    const mapping = { columns: [], constants: [], delimiter: ";" };
    assert.deepEqual(await read(file("s.csv", "action;actor_id\na.b;u,1\n"), { mapping }), expected);
    const path = file("n.csv", "what;who\na.b;u1\n");
    await assert.rejects(read(path, { mapping: { columns: ["actor_id=who"], constants: [] } }), {
      message: `${path} has no column "who"; its columns are what;who (is it separated by ";"? Then say --delimiter ';')`,
    });
  });

  for (const [name, columns, constants, message] of [
    [
      "a field that does not exist",
      ["actorid=who"],
      [],
      /cannot be mapped: actorid is no field of an event; its fields are action, /,
    ],
    ["a field below one that has none", ["action.x=who"], [], /cannot be mapped: action\.x is no field/],
    [
      "a part of the object that does not exist",
      ["object.name=who"],
      [],
      /object\.name is no field .* object\.type, object\.id/,
    ],
    ["all attributes at once", ["attributes=who"], [], /attributes is no field .* attributes\.…/],
    [
      "one field twice",
      ["actor_id=who", "actor_id=what"],
      [],
      /cannot be mapped: actor_id gets two values; name it once/,
    ],
    ["a field and a part of it", ["attributes.a=who", "attributes.a.b=what"], [], /attributes\.a\.b gets two values/],
    ["a column and a constant", ["actor_id=who"], ["actor_id=u1"], /actor_id gets two values/],
    ["no assignment", ["actor_id"], [], /"actor_id" is not FIELD\[:TYPE\]=/],
  ] as [string, string[], string[], RegExp][]) {
    it(`is refused before the first event when the mapping names ${name}`, async () => {
      const path = file("m.csv", "who,what\nu1,a.b\n");
      await assert.rejects(read(path, { mapping: { columns, constants } }), { message });
    });
  }

  it("lets a mapping win over what a column's name suggests, and keeps that column", async () => {
    const mapping = { columns: ["actor_id=customer"], constants: [] };
    const [record] = await read(file("w.csv", "action,actor_id,customer,__proto__\na.b,old,new,x\n"), { mapping });
    assert.equal(record?.text, '{"action":"a.b","attributes":{"actor_id":"old","__proto__":"x"},"actor_id":"new"}');
  });

  it("loses to a quote that is never closed its own line and no other", async () => {
    const found = await read(file("u.csv", 'action,actor_id\na.b,u1\na.b,"u2\na.b,u3\r\na.b,"u""4"\n'));
    assert.deepEqual(found, [
      { line: 2, text: '{"action":"a.b","actor_id":"u1"}' },
      { line: 3, text: 'a.b,"u2', problem: "not CSV: a quote is opened in line 3 and never closed" },
      { line: 4, text: '{"action":"a.b","actor_id":"u3"}' },
      { line: 5, text: '{"action":"a.b","actor_id":"u\\"4"}' },
    ]);
  });

  it("loses no other line to that quote in a large file either", async () => {
    const bytes = Buffer.from(`"never closed\n${"x\n".repeat(150_000)}`);
    const problems: [line: number, problem?: string][] = [];
    let records = 0;
    for await (const { line, problem } of readCsvRecords(Readable.from([bytes]), ",")) {
      records++;
      if (problem !== undefined) problems.push([line, problem]);
    }
    assert.equal(records, 150_001);
    assert.deepEqual(problems, [[1, "not CSV: a quote is opened in line 1 and never closed"]]);
  });

  it("changes no character: what is not UTF-8 is rejected, line breaks in quotes are kept", async () => {
    const content = Buffer.concat([
      Buffer.from("\uFEFFaction,näme\r\na.b,é\r\na.b,"),
      Buffer.from([0xe9]),
      Buffer.from('\r\na.b,"1\r\n\n2 "\r\n'),
    ]);
    assert.deepEqual(await read(file("l.csv", content)), [
      { line: 2, text: '{"action":"a.b","attributes":{"näme":"é"}}' },
      { line: 3, text: "a.b,é\r", problem: "the line is not UTF-8" },
      { line: 4, text: '{"action":"a.b","attributes":{"näme":"1\\r\\n\\n2 "}}' },
    ]);
  });

  it("reads what it wrote, whatever stands in the cells", async () => {
    const cell = fc.oneof(fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", "é") }), fc.string());
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
        const found: (readonly string[])[] = [];
        for await (const { cells, problem } of readCsvRecords(bytesOf(text), ",")) {
          assert.equal(problem, undefined);
          found.push(cells);
        }
        assert.deepEqual(found, rows);
      }),
    );
  });

  it("loses no record to one with a stray quote", async () => {
    const found = await read(file("q.csv", 'action,actor_id\na.b,u1\na.b,u"2"\na.b,u3\n'));
    assert.deepEqual(
      found.map(({ line, problem }) => [line, problem?.slice(0, 8)]),
      [
        [2, undefined],
        [3, "not CSV:"],
        [4, undefined],
      ],
    );
  });
});
