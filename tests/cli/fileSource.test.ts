import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { readCsvRecords } from "../../cli/load/csvRecords";
import { dryRun } from "../../cli/load/dryRun";
import { type FileSourceOptions, fileSource } from "../../cli/load/fileSource";
import { MAX_LINE_BYTES, readLines } from "../../cli/load/lines";
import { prepareRecord } from "../../cli/load/prepareRecord";
import type { SourceRecord } from "../../cli/load/source";

const ACCEPTANCE = { lane: "DIRECT", recvAt: Date.parse("2026-03-01T12:00:00Z") };

const parquet = Buffer.concat([Buffer.from("PAR1"), Buffer.from([0x15, 0x00, 0x15, 0xff])]);

/** In pieces that end anywhere. */
async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}

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

  it("gives what stands before the place where it is damaged, and of a line that is cut nothing", async () => {
    const path = file("cut.gz", gzipSync('{"n":1}\n{"n":2}\n{"n":').subarray(0, -4));
    const found: string[] = [];
    await assert.rejects(
      async () => {
        for await (const { text } of (await fileSource(path)).records) found.push(text);
      },
      { message: `${path} is damaged gzip: unexpected end of file` },
    );
    assert.deepEqual(found, ['{"n":1}', '{"n":2}']);
  });

  it("may be a named pipe or what a shell gives for <(…), which are read once and from the beginning", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const writing = spawn("sh", ["-c", `printf '{"n":1}\\n' > ${pipe}`]);
    const source = await fileSource(pipe);
    assert.deepEqual([source.fingerprint, source.rejectedFile], [undefined, resolve("pipe.rejected.ndjson")]);
    const found: string[] = [];
    for await (const { text } of source.records) found.push(text);
    assert.deepEqual(found, ['{"n":1}']);
    await new Promise((done) => (writing.exitCode === null ? writing.once("close", done) : done(undefined)));
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
        line: 2,
        text: '{"action":"order.placed","occurred_at":"2026-03-01T10:00:00Z","actor_id":"007","object":{"type":"order","id":"a,\\"b\\"\\nc"},"revenue_impact":12.50,"attributes":{"colour":"red"}}',
      },
      { line: 4, text: '{"action":"order.placed"}' },
    ]);
  });

  it("as CSV with the names in capital letters, as Snowflake unloads them, becomes the same fields", async () => {
    const csv = "OCCURRED_AT,OBJECT_TYPE,actor_id,ACTOR_ID,Link\n2026-03-01T10:00:00Z,order,u1,u2,x\n";
    assert.deepEqual(await events(file("unloaded.csv", csv)), [
      {
        occurred_at: "2026-03-01T10:00:00Z",
        object: { type: "order" },
        actor_id: "u1",
        attributes: { ACTOR_ID: "u2", Link: "x" },
      },
    ]);
  });

  it("as CSV keeps what stands in a column without a name", async () => {
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

  it("as CSV may be separated by something else, by tabs when its name says so", async () => {
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
    it(`as CSV is refused before the first event when the mapping names ${name}`, async () => {
      const path = file("m.csv", "who,what\nu1,a.b\n");
      await assert.rejects(read(path, { mapping: { columns, constants } }), { message });
    });
  }

  it("as CSV lets a mapping win over what a column's name suggests, and keeps that column", async () => {
    const mapping = { columns: ["actor_id=customer"], constants: [] };
    const [record] = await read(file("w.csv", "action,actor_id,customer,__proto__\na.b,old,new,x\n"), { mapping });
    assert.equal(record?.text, '{"action":"a.b","attributes":{"actor_id":"old","__proto__":"x"},"actor_id":"new"}');
  });

  it("as CSV loses to a quote that is never closed its own line and no other", async () => {
    const found = await read(file("u.csv", 'action,actor_id\na.b,u1\na.b,"u2\na.b,u3\r\na.b,"u""4"\n'));
    assert.deepEqual(found, [
      { line: 2, text: '{"action":"a.b","actor_id":"u1"}' },
      { line: 3, text: 'a.b,"u2', problem: "not CSV: a quote is opened in line 3 and never closed" },
      { line: 4, text: '{"action":"a.b","actor_id":"u3"}' },
      { line: 5, text: '{"action":"a.b","actor_id":"u\\"4"}' },
    ]);
  });

  it("as CSV loses no other line to that quote in a large file either", async () => {
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

  it("as CSV changes no character: what is not UTF-8 is rejected, line breaks in quotes are kept", async () => {
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

  it("as CSV reads what it wrote, whatever stands in the cells", async () => {
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
      "is UTF-16; expected UTF-8 text, plain or gzip (convert it with: iconv -f UTF-16 -t UTF-8)",
    ],
    [
      "unmarked.ndjson",
      Buffer.from('{"action":"a.b"}', "utf16le"),
      "is UTF-16; expected UTF-8 text, plain or gzip (convert it with: iconv -f UTF-16LE -t UTF-8)",
    ],
    [
      "packed.csv.gz",
      gzipSync(Buffer.from("\uFEFFaction", "utf16le")),
      "is UTF-16; expected UTF-8 text, plain or gzip (convert it with: iconv -f UTF-16 -t UTF-8)",
    ],
    [
      "export.zip",
      Buffer.from("PK\u0003\u0004rest"),
      "is a zip archive; expected UTF-8 text, plain or gzip (unpack it with: unzip)",
    ],
    [
      "cr.csv",
      "action,actor_id\ra.b,u1\r",
      "ends its lines in CR alone; expected LF or CR LF (convert it with: tr '\\r' '\\n')",
    ],
    ["twice.csv", "action,a,a\n", 'has two columns "a"; expected a name of its own for each'],
    [
      "semicolons.csv",
      "\uFEFFaction;actor_id\r\na.b;u1\r\n",
      'has one column "action;actor_id" (is it separated by ";"? Then say --delimiter \';\')',
    ],
    [
      "nameless.csv",
      " ,,\na.b,u1,1\n",
      "has no name of a column in its header, line 1; expected such as action,occurred_at,actor_id",
    ],
    [
      "open.csv",
      'action,"actor_id\na.b,u1\n',
      "has no header of columns in line 1: not CSV: a quote is opened in line 1 and never closed",
    ],
    ["cut.gz", gzipSync("x".repeat(1000)).subarray(0, 20), "is damaged gzip: unexpected end of file"],
    ...["[\n{}\n]\n", '[{"action":"a.b"},{"action":"a.c"}]', "[\n", ' [ {"action":"a.b"},\n{"action":"a.c"}]\n'].map(
      (content): [string, string, string] => [
        "array.json",
        content,
        "is one JSON array; expected one event per line (convert it with: jq -c '.[]')",
      ],
    ),
    [
      "array.json.gz",
      gzipSync(`[${'{"action":"a.b"},'.repeat(1_200_000)}{}]`),
      "is one JSON array; expected one event per line (convert it with: jq -c '.[]')",
    ],
    [
      "cr.ndjson",
      '{"action":"a.b"}\r{"action":"a.c"}\r',
      "ends its lines in CR alone; expected LF or CR LF (convert it with: tr '\\r' '\\n')",
    ],
    ...["sep=;\r\naction;actor_id\r\n", "sep=,\naction,actor_id\n"].map((content): [string, string, string] => [
      "excel.csv",
      content,
      "begins with the line sep= of a spreadsheet; expected names of columns (leave it out with: tail -n +2)",
    ]),
    [
      "pretty.json",
      '{\n  "action": "a.b"\n}\n{\n  "action": "a.c"\n}\n',
      "has JSON over several lines; expected one event per line (convert it with: jq -c .)",
    ],
    [
      "table.txt",
      '\uFEFF"action",occurred_at\r\na.b,2026-03-01T10:00:00Z\r\n',
      "begins with column names; expected one JSON event per line (if it is CSV say --format csv)",
    ],
    ["table.parquet", parquet, "is Parquet; expected UTF-8 text, plain or gzip (convert it to NDJSON first)"],
    ["table.csv", parquet, "is Parquet; expected UTF-8 text, plain or gzip (convert it to NDJSON first)"],
    [
      "table.orc",
      Buffer.from("ORC\n\x00\xff"),
      "is ORC; expected UTF-8 text, plain or gzip (convert it to NDJSON first)",
    ],
    [
      "table.arrow",
      Buffer.from("ARROW1\0\0"),
      "is Arrow; expected UTF-8 text, plain or gzip (convert it to NDJSON first)",
    ],
    [
      "table.db",
      Buffer.from("SQLite format 3\0"),
      "is a SQLite database; expected UTF-8 text, plain or gzip (convert it to NDJSON first)",
    ],
    [
      "old.xls",
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      "is an Excel workbook; expected UTF-8 text, plain or gzip (save it as CSV UTF-8)",
    ],
    [
      "events.tar.gz",
      gzipSync(
        Buffer.concat([Buffer.from("events.ndjson".padEnd(257, "\0")), Buffer.from("ustar\x0000"), Buffer.alloc(248)]),
      ),
      "is a tar archive; expected UTF-8 text, plain or gzip (unpack it with: tar -x)",
    ],
    [
      "picture.ndjson",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
      "is not text; expected UTF-8 text, plain or gzip (convert it to NDJSON first)",
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
