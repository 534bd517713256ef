import { randomUUID } from "node:crypto";
import { copyFile, mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CopyFiles, LocationReference } from "../../../dialect/index";
import type { StageDoc } from "../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { fullName } from "../../names/resolve";
import { listFiles, type StagedFile } from "../../stages/files";
import { requireWritable, resolveLocation, type StageLocation, stageReference } from "../../stages/location";
import { translateQuery } from "../../translate/index";
import { number, varchar } from "../../types/dataType";
import { Properties } from "../ddl/support/properties";
import type { StatementHandler } from "../handler";

/** One file to copy and its name below the target. */
interface Job {
  file: StagedFile;
  target: string;
}

/** COPY FILES INTO @target FROM @source | (query). Source: https://docs.snowflake.com/en/sql-reference/sql/copy-files */
export const copyFiles: StatementHandler<CopyFiles> = {
  async run(context, statement) {
    const target = named(resolveLocation(context, statement.location, "WRITE"));
    const properties = new Properties(context, statement.properties);
    const isDetailed = properties.boolean("DETAILED_OUTPUT") ?? true;
    const names = properties.list("FILES");
    const pattern = properties.text("PATTERN");
    properties.finish();
    const { from } = statement;
    if (from.kind === "Query" && (names || pattern !== undefined))
      throw compilationError("001008", "22023", "FILES and PATTERN are not supported with COPY FILES from a query.");
    const jobs =
      from.kind === "Query" ? await queried(context, statement) : await chosen(context, from, names, pattern);
    const folder = target.prefix === "" || target.prefix.endsWith("/") ? target.prefix : `${target.prefix}/`;
    for (const job of jobs) await copy(context, job.file, target, `${folder}${job.target}`);
    if (!isDetailed)
      return {
        columns: [{ name: "numOfFilesCopied", type: number(19, 0), nullable: false }],
        rows: [[String(jobs.length)]],
      };
    // Files that a query chose are named with their stage. Source: test_copy_files of snowpark-python.
    const stage = from.kind === "Query" ? `${fullName(context.catalogue, target.stage)}/` : "";
    return {
      columns: [{ name: "file", type: varchar(), nullable: false }],
      rows: jobs.map((job) => [`${stage}${folder}${job.target}`]),
    };
  },
};

function named(location: StageLocation): StageLocation & { stage: StageDoc } {
  const { stage } = location;
  if (!stage) throw unsupportedFeature(`COPY FILES with ${location.title}`);
  return { ...location, stage };
}

async function chosen(
  context: ExecutionContext,
  from: LocationReference,
  names: readonly string[] | undefined,
  pattern: string | undefined,
): Promise<Job[]> {
  const source = named(resolveLocation(context, from, "READ"));
  const base = source.prefix.endsWith("/") || source.prefix === "" ? source.prefix : `${source.prefix}/`;
  const wanted = names && new Set(names.map((name) => `${base}${name}`));
  const files = (await listFiles(source, pattern)).filter((file) => !wanted || wanted.has(file.name));
  return files.map((file) => ({ file, target: relativeTo(source.prefix, file.name) }));
}

/** The name behind the folder that the location names; a prefix that is no folder leaves what follows its last slash. */
function relativeTo(prefix: string, name: string): string {
  if (name.startsWith(`${prefix}/`)) return name.slice(prefix.length + 1);
  return name.slice(prefix.endsWith("/") ? prefix.length : prefix.lastIndexOf("/") + 1);
}

async function queried(context: ExecutionContext, statement: CopyFiles): Promise<Job[]> {
  if (statement.from.kind !== "Query") return [];
  const query = translateQuery(context, statement.from);
  if (query.columns.length > 2)
    throw compilationError("001008", "22023", "COPY FILES expects one or two columns: the file and its new name.");
  const rows = await context.withConnection(async (connection) => {
    for (const prepare of query.prerequisites) await prepare(connection);
    return (await connection.run(query.sql, query.params, context.signal)).rows;
  });
  const jobs: Job[] = [];
  for (const [url, name] of rows) {
    const location = resolveLocation(context, stageReference(String(url)), "READ");
    const file = (await listFiles(location)).find((candidate) => candidate.name === location.prefix);
    if (!file) throw compilationError("002003", "02000", `File '${String(url)}' does not exist or not authorized.`);
    jobs.push({ file, target: name === undefined || name === null ? file.name : String(name) });
  }
  return jobs;
}

/** Under its name only when it is whole. */
async function copy(context: ExecutionContext, file: StagedFile, target: StageLocation, name: string): Promise<void> {
  requireWritable(name);
  const work = join(context.services.store.directory, "unload");
  const to = join(target.directory, name);
  await mkdir(work, { recursive: true });
  await mkdir(dirname(to), { recursive: true });
  const part = join(work, randomUUID());
  await copyFile(file.path, part);
  await rename(part, to);
}
