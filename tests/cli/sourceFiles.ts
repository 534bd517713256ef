import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FileSourceOptions, fileSource } from "../../cli/load/fileSource";
import type { SourceRecord } from "../../cli/load/source";

/** Within a `describe`: a folder of its own for each test, and what the load reads from a file in it. */
export function sourceFiles() {
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

  return {
    get folder() {
      return folder;
    },
    file,
    read,
    events,
  };
}
