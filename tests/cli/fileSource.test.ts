import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { dryRun } from "../../cli/load/dryRun";
import { type FileSourceOptions, fileSource } from "../../cli/load/fileSource";
import { MAX_LINE_BYTES, readLines } from "../../cli/load/lines";
import { prepareRecord } from "../../cli/load/prepareRecord";
import type { SourceRecord } from "../../cli/load/source";

const ACCEPTANCE = { lane: "DIRECT", recvAt: Date.parse("2026-03-01T12:00:00Z") };

describe("a file of events", () => {
  let folder: string;
  const file = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const read = async (path: string, options?: FileSourceOptions): Promise<SourceRecord[]> => {
    const records: SourceRecord[] = [];
    for await (const record of (await fileSource(path, options)).records) records.push(record);
    return records;
  };
  const events = async (path: string, options?: FileSourceOptions) =>
    (await read(path, options)).map(({ text, problem }) => problem ?? JSON.parse(text));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "load-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("may be gzip of several members, begin with a byte order mark, end lines in CR LF and hold blank lines", async () => {
    const content = Buffer.concat(['\uFEFF{"n":1}\r\n\r\n', '  {"n":2}  \n{"n":3}'].map((text) => gzipSync(text)));
    assert.deepEqual(await read(file("events", content)), [
      { line: 1, text: '{"n":1}' },
      { line: 3, text: '{"n":2}' },
      { line: 4, text: '{"n":3}' },
    ]);
  });

  it("loses no line to one that is no event", async () => {
    const content = Buffer.concat([
      Buffer.from('{"action":"a.b"}\n5\n{"action":"a.b"\n'),
      Buffer.from([0xff, 0x0a]),
      Buffer.from('{"action":"a.b","action":"a.c"}\n{"action":"a.b"}\n'),
    ]);
    const { valid, rejected, first } = await dryRun(await fileSource(file("bad.ndjson", content)), ACCEPTANCE);
    assert.deepEqual([valid, rejected], [2, 4]);
    assert.deepEqual(
      first.map(({ line, problems }) => [line, problems[0]]),
      [
        [2, "expected an event object, found number 5"],
        [3, "not JSON: Expected ',' or '}' after property value in JSON at position 15"],
        [4, "the line is not UTF-8"],
        [5, 'not JSON: A key stands twice in one object: "action"'],
      ],
    );
  });

  it("passes over a line that never ends without holding it in memory", async () => {
    async function* bytes() {
      yield Buffer.from('{"n":1}\n"');
      for (let sent = 0; sent <= 2 * MAX_LINE_BYTES; sent += 1 << 20) yield Buffer.alloc(1 << 20, "x");
      yield Buffer.from('"\n{"n":2}\n');
    }
    const lines = [];
    for await (const line of readLines(bytes())) lines.push(line);
    assert.deepEqual(
      lines.map(({ line, text, problem }) => [line, text.length, problem]),
      [
        [1, 7, undefined],
        [2, 1000, `the line has ${2 * MAX_LINE_BYTES + (1 << 20) + 2} bytes; the limit is ${MAX_LINE_BYTES}`],
        [3, 7, undefined],
      ],
    );
  });

  it("sends the digits of a 23-digit number as they stand", async () => {
    const path = file("digits.ndjson", '{"action":"a.b","attributes":{"account":12345678901234567890123}}');
    const [record] = await read(path);
    const prepared = prepareRecord(record as SourceRecord, ACCEPTANCE);
    assert.equal(
      "json" in prepared && prepared.json,
      '{"action":"a.b","attributes":{"account":12345678901234567890123},"_recv_at":"2026-03-01T12:00:00.000Z"}',
    );
  });

  it("gets the offset that is assumed, where it has none, and loses no digit by it", () => {
    const text = '{"action":"a.b","occurred_at":"2026-03-01 10:00:00.5","attributes":{"n":12345678901234567890123}}';
    const prepared = prepareRecord({ line: 1, text }, { ...ACCEPTANCE, assumeOffset: "+02:00" });
    assert.match(
      ("json" in prepared && prepared.json) as string,
      /"2026-03-01 10:00:00\.5\+02:00".*12345678901234567890123/,
    );
    const kept = prepareRecord(
      { line: 1, text: '{"action":"a.b","occurred_at":"2026-03-01T10:00:00Z"}' },
      { ...ACCEPTANCE, assumeOffset: "+02:00" },
    );
    assert.match(("json" in kept && kept.json) as string, /"2026-03-01T10:00:00Z"/);
  });

  it("as CSV becomes fields by their names, attributes by all others", async () => {
    const csv =
      'action,occurred_at,actor_id,object_type,object_id,revenue_impact,colour\norder.placed,2026-03-01T10:00:00Z,007,order,"a,""b""\nc",12.50,red\norder.placed,,,,,,\n';
    assert.deepEqual(await read(file("e.csv", csv)), [
      {
        line: 3,
        text: '{"action":"order.placed","occurred_at":"2026-03-01T10:00:00Z","actor_id":"007","object":{"type":"order","id":"a,\\"b\\"\\nc"},"revenue_impact":12.50,"attributes":{"colour":"red"}}',
      },
      { line: 4, text: '{"action":"order.placed"}' },
    ]);
  });

  it("as CSV follows a mapping, constants and types", async () => {
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
    await assert.rejects(read(file("m.csv", csv), { mapping: { columns: ["actor_id=nobody"], constants: [] } }), {
      message: `${join(folder, "m.csv")} has no column "nobody"; its columns are who, price, ok, extra`,
    });
  });

  it("as CSV says which record has too few cells, and goes on", async () => {
    assert.deepEqual(await events(file("r.csv", "action,actor_id\na.b\na.b,u1\n")), [
      "the record has 1 cells; the header has 2",
      { action: "a.b", actor_id: "u1" },
    ]);
  });

  it("as CSV loses no record to one with a stray quote", async () => {
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

  for (const [name, content, message] of [
    [
      "utf16.ndjson",
      Buffer.from("\uFEFF{}", "utf16le"),
      "is UTF-16; expected UTF-8 (convert it with: iconv -f UTF-16 -t UTF-8)",
    ],
    ["cut.gz", gzipSync("x".repeat(1000)).subarray(0, 20), "is damaged gzip: unexpected end of file"],
    [
      "array.json",
      "[\n{}\n]\n",
      "is one JSON array over several lines; expected one event per line (convert it with: jq -c '.[]')",
    ],
  ] as const) {
    it(`is refused by name when it ${message}`, async () => {
      const path = file(name, content);
      await assert.rejects(read(path), { message: `${path} ${message}` });
    });
  }

  it("is refused by name when it is missing or a folder", async () => {
    await assert.rejects(fileSource(join(folder, "none")), { message: `${join(folder, "none")} does not exist` });
    await assert.rejects(fileSource(folder), {
      message: `${folder} is a folder; expected a file (for a git repository use --git ${folder})`,
    });
  });
});
