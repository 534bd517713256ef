import assert from "node:assert/strict";
import { chmodSync, copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { systemClock } from "../../../local/clock";
import { DATA_FILE, DataFileError } from "../../../local/store/open";
import { Store } from "../../../local/store/store";
import { temporaryDirectory } from "../server/process";

const clock = systemClock;

const refused = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof DataFileError, String(error));
  assert.match(error.message, message);
  return true;
};

describe("the data file", () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  const file = () => join(directory.path, DATA_FILE);
  const open = () => Store.open({ directory: directory.path, clock });

  beforeEach(() => {
    directory = temporaryDirectory();
  });

  afterEach(() => directory.remove());

  /** Commits one database under `name`. */
  async function createDatabase(store: Store, name: string): Promise<void> {
    const unit = await store.beginWrite();
    unit.catalogue.create<"DATABASE">({ kind: "DATABASE", name, ownerId: null });
    await unit.commit();
  }

  it("cannot be opened twice by one process either", async () => {
    const store = await open();
    await assert.rejects(open(), refused(new RegExp(`is in use by another server \\(process ${process.pid}\\)`)));
    await store.close();
    await (await open()).close();
  });

  it("of a newer layout is refused and left alone", async () => {
    await (await open()).close();
    const instance = await DuckDBInstance.create(file());
    const connection = await instance.connect();
    await connection.run("UPDATE meta.info SET value = '9999' WHERE key = 'layout'");
    connection.closeSync();
    instance.closeSync();
    await assert.rejects(
      open(),
      refused(
        /has layout 9999; this server knows layouts up to \d+\. Use a newer version of the server, or another data directory\.$/,
      ),
    );
  });

  it("of another kind is refused with its name", async () => {
    writeFileSync(file(), Buffer.alloc(20_000, "x"));
    await assert.rejects(open(), refused(/cannot be opened; it is damaged or not a data file of this server/));
  });

  it("cut short is refused with its name", async () => {
    const store = await open();
    await createDatabase(store, "A");
    await store.close();
    truncateSync(file(), 8192);
    await assert.rejects(open(), refused(/snowflake\.duckdb/));
  });

  it("whose log was cut off by a crash opens with everything up to the last whole commit", async () => {
    const store = await open();
    await createDatabase(store, "FIRST");
    await createDatabase(store, "SECOND");
    assert.ok(existsSync(`${file()}.wal`), "commits go to the log first");
    const copy = temporaryDirectory();
    copyFileSync(file(), join(copy.path, DATA_FILE));
    const log = readFileSync(`${file()}.wal`);
    writeFileSync(join(copy.path, `${DATA_FILE}.wal`), log.subarray(0, log.length - 7));
    await store.close();
    const recovered = await Store.open({ directory: copy.path, clock });
    assert.equal(recovered.catalogue.database("FIRST")?.name, "FIRST");
    assert.equal(recovered.catalogue.database("SECOND"), undefined);
    await createDatabase(recovered, "THIRD");
    await recovered.close();
    copy.remove();
  });

  it("that may not be written is refused with the reason", async function () {
    if (process.getuid?.() === 0) this.skip();
    await (await open()).close();
    chmodSync(file(), 0o400);
    await assert.rejects(open(), refused(/cannot be written: permission denied/));
  });

  it("gives ids that never come again, also after a crash", async () => {
    const store = await open();
    await createDatabase(store, "A");
    const before = store.catalogue.database("A")?.id as number;
    const copy = temporaryDirectory();
    for (const name of [DATA_FILE, `${DATA_FILE}.wal`]) copyFileSync(join(directory.path, name), join(copy.path, name));
    await store.close();
    const crashed = await Store.open({ directory: copy.path, clock });
    const version = crashed.version;
    await createDatabase(crashed, "B");
    assert.ok((crashed.catalogue.database("B")?.id as number) > before);
    assert.ok(crashed.version > version);
    await crashed.close();
    copy.remove();
  });
});
