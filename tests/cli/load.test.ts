import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";
import type { LocalServer } from "../../local/index";
import { EventWarehouse, temporaryFolder } from "../client/warehouse";
import { ADMIN_PASSWORD, startServer } from "../local/support";

const event = (n: number) =>
  JSON.stringify({ action: "thing.seen", actor_id: `a${n}`, occurred_at: "2026-03-01T10:00:00Z" });

describe("npm run load", () => {
  let server: LocalServer;
  let warehouse: EventWarehouse;
  const home = temporaryFolder();

  before(async () => {
    server = await startServer();
    warehouse = await EventWarehouse.deploy(server);
  });
  afterEach(() => warehouse.query(`TRUNCATE TABLE ${warehouse.outputs.tables.rawEvents}`));
  after(async () => {
    await warehouse.close();
    await server.close();
    home.remove();
  });

  const file = (name: string, lines: string[]) => {
    const path = join(home.folder, name);
    writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
    return path;
  };

  interface Run {
    port?: number;
    password?: string;
    /** Told all that was printed so far; may end the process. */
    heard?: (said: string, child: ChildProcess) => void;
    started?: (child: ChildProcess) => void;
  }

  function load(
    args: string[],
    { port = server.port, password = ADMIN_PASSWORD, heard, started }: Run = {},
  ): Promise<{ code: number | null; said: string }> {
    const program = ["--require", "ts-node/register/transpile-only", join(PROJECT_ROOT, "cli", "load.ts")];
    const child = spawn(process.execPath, [...program, ...args], {
      env: {
        ...process.env,
        TWO_TABLE_HOME: home.folder,
        SNOWFLAKE_ACCOUNT: server.account,
        SNOWFLAKE_HOST: server.host,
        SNOWFLAKE_PORT: String(port),
        SNOWFLAKE_PROTOCOL: "http",
        SNOWFLAKE_USER: server.user,
        SNOWFLAKE_PASSWORD: password,
        NO_COLOR: "1",
      },
    });
    started?.(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        said += text;
        heard?.(said, child);
      });
    }
    return new Promise((resolve) => child.once("close", (code) => resolve({ code, said })));
  }

  it("loads what is good, keeps what is not next to the file with the reason, and says both", async () => {
    const path = file("mixed.ndjson", [
      event(1),
      "{ no json",
      '{"action":"thing.seen","occurred_at":"yesterday"}',
      event(2),
    ]);
    const { code, said } = await load([path]);
    assert.equal(code, 0);
    assert.match(said, /mixed\.ndjson: 2 events loaded, received at 20\d\d-/);
    assert.match(said, /2 rejected, kept in .*mixed\.rejected\.ndjson:\n {2}line 2: .*\n {2}line 3: .*occurred_at/);
    assert.equal(readFileSync(join(home.folder, "mixed.rejected.ndjson"), "utf8").trim().split("\n").length, 2);
    assert.deepEqual(
      (await warehouse.landed()).map(([actor]) => actor),
      ["a1", "a2"],
    );
  });

  it("says first where the events go and what named it, also that a warehouse runs here", async () => {
    const path = file("where.ndjson", [event(1)]);
    const { said } = await load([path]);
    const target = `${server.account}/${warehouse.outputs.database}`;
    assert.equal(said.split("\n")[0], `Loading into ${target} (named by SNOWFLAKE_ACCOUNT)`);
    const here = join(home.folder, "connection.json");
    writeFileSync(here, JSON.stringify({ outputs: warehouse.outputs, username: "u", password: "p" }), { mode: 0o600 });
    try {
      const beside = await load([file("beside.ndjson", [event(2)])]);
      assert.equal(
        beside.said.split("\n")[0],
        `Loading into ${target} (named by SNOWFLAKE_ACCOUNT; the one of \`npm start\` is --stack local)`,
      );
    } finally {
      rmSync(here);
    }
  });

  it("with --dry-run says the same, sends nothing and ends with exit code 1", async () => {
    const path = file("dry.ndjson", [event(1), "[]"]);
    const { code, said } = await load([path, "--dry-run"]);
    assert.equal(code, 1);
    assert.match(said, /dry\.ndjson: 1 valid event, 1 would be rejected; nothing was sent\n {2}line 2: /);
    assert.deepEqual(await warehouse.landed(), []);
    assert.ok(!existsSync(join(home.folder, "dry.rejected.ndjson")));
  });

  const unreadable = () => {
    const cut = join(home.folder, "cut.ndjson.gz");
    // Without its last bytes: the checksum is missing, the lines are all there.
    writeFileSync(cut, gzipSync(`${event(2)}\n`).subarray(0, -4));
    const binary = join(home.folder, "table.ndjson");
    writeFileSync(binary, Buffer.from([...Buffer.from("PAR1"), 0x15, 0x04, 0xff]));
    return [join(home.folder, "none.ndjson"), home.folder, cut, binary, file("array.json", [`[${event(3)}]`])];
  };
  const reasons = ([none, folder, cut, binary, array]: string[]) => [
    `${none} does not exist`,
    `${folder} is a folder; expected a file (for a git repository use --git ${folder})`,
    `${cut} is damaged gzip: unexpected end of file`,
    `${binary} is Parquet; expected UTF-8 text, plain or gzip (convert it to NDJSON first)`,
    `${array} is one JSON array; expected one event per line (convert it with: jq -c '.[]')`,
  ];

  it("loads the files behind one that cannot be read, names each with its reason, and ends with exit code 1", async () => {
    const bad = unreadable();
    const { code, said } = await load([file("a.ndjson", [event(1)]), ...bad, file("b.ndjson", [event(4)])]);
    assert.equal(code, 1);
    const lines = said.trim().split("\n");
    for (const reason of reasons(bad)) assert.ok(lines.includes(reason), `${reason}\n---\n${said}`);
    assert.ok(lines.includes(`5 of 7 failed, for the reason above: ${bad.join(", ")}`), said);
    assert.match(said, /cut\.ndjson\.gz: 1 event loaded before it breaks off, received at /);
    assert.match(said, /b\.ndjson: 1 event loaded, received at /);
    assert.deepEqual(
      (await warehouse.landed()).map(([actor]) => actor),
      ["a1", "a2", "a4"],
    );
  });

  it("with --dry-run tries every file as well", async () => {
    const bad = unreadable();
    const { code, said } = await load([...bad, file("c.ndjson", [event(4)]), "--dry-run"]);
    assert.equal(code, 1);
    for (const reason of reasons(bad)) assert.ok(said.split("\n").includes(reason), `${reason}\n---\n${said}`);
    assert.match(said, /cut\.ndjson\.gz: 1 valid event before it breaks off, 0 would be rejected; nothing was sent/);
    assert.match(said, /c\.ndjson: 1 valid event, 0 would be rejected; nothing was sent/);
  });

  it("says of a single file that cannot be read only why", async () => {
    const { code, said } = await load([join(home.folder, "none.ndjson")]);
    assert.deepEqual([code, said], [1, `${join(home.folder, "none.ndjson")} does not exist\n`]);
  });

  it("writes no control character of a file to the terminal", async () => {
    const { said } = await load([file("escape.ndjson", ["\u001b[2J\u0000\u009b1m", event(1)]), "--dry-run"]);
    assert.match(
      said,
      /line 1: not JSON: Unexpected token '\\u001b', "\\u001b\[2J\\u0000\\u009b1m" is not valid JSON\n/,
    );
  });

  it("killed in the middle, goes on where it was: nothing is missing and nothing there twice", async () => {
    const count = 22_000;
    const path = file(
      "long.ndjson",
      Array.from({ length: count }, (_, n) => event(n)),
    );
    const { events, rawEvents } = warehouse.outputs.tables;
    const landedRows = async () => Number((await warehouse.query(`SELECT COUNT(*) AS N FROM ${rawEvents}`))[0]?.N);
    const first = await load([path], {
      started: async (child) => {
        // The second batch of 5000 is sent once the load knows that the first is there.
        while ((await landedRows()) <= 5000) await sleep(20);
        child.kill("SIGKILL");
      },
    });
    assert.equal(first.code, null);
    const again = await load([path]);
    assert.equal(again.code, 0, again.said);
    assert.match(again.said, /goes on after \d/);
    // The batch that the kill cut off may stand twice in RAW_EVENTS: its session ended before the answer came.
    await warehouse.query(`ALTER DYNAMIC TABLE ${events} REFRESH`);
    const [row] = await warehouse.query(`SELECT COUNT(*) AS N, COUNT(DISTINCT ACTOR_ID) AS D FROM ${events}`);
    assert.deepEqual([Number(row?.N), Number(row?.D)], [count, count]);
  });

  it("gives up on a wrong password, in Snowflake's words", async () => {
    const { code, said } = await load([file("one.ndjson", [event(1)])], { password: "wrong" });
    assert.equal(code, 1);
    assert.match(said, /The warehouse refuses the events: 390100.*Incorrect username or password was specified\./);
  });

  it("waits for a server that is stopped, and says so, until it is told to stop; meanwhile nobody else loads that file", async () => {
    const port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, "127.0.0.1", () => {
        const { port } = probe.address() as { port: number };
        probe.close(() => resolve(port));
      });
    });
    const path = file("two.ndjson", [event(1)]);
    let beside: ReturnType<typeof load> | undefined;
    let pid: number | undefined;
    const { code, said } = await load([path], {
      port,
      heard: (text, child) => {
        if (beside !== undefined || !/next attempt in/.test(text)) return;
        pid = child.pid;
        beside = load([path], { port });
        void beside.then(() => child.kill("SIGTERM"));
      },
    });
    assert.equal(code, 1);
    assert.match(said, /ECONNREFUSED.*next attempt in \d/s);
    assert.match(said, /Stopped; the same command goes on where it was/);
    assert.deepEqual(await beside, {
      code: 1,
      said: `two.ndjson is being loaded by process ${pid}; wait for it, or stop it and go on here\n`,
    });
  });
});
