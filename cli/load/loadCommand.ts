import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import snowflake from "snowflake-sdk";
import { BatchSender } from "../../client/batchSender";
import { isOffset, parseInstant } from "../../client/instant";
import { checkLane, DEFAULT_LANE } from "../../client/lane";
import { FolderInUseError } from "../../client/spool/folderOwner";
import { findTarget, type Target } from "../connection/target";
import { gitSource, isAncestor } from "../git/gitSource";
import { projectFolder } from "../project/projectFolder";
import { CommandError } from "../terminal/fail";
import { counted, progressBar } from "../terminal/progressBar";
import { dryRun } from "./dryRun";
import { besides, fileSource, isCsv } from "./fileSource";
import { load } from "./load";
import { LoadStates } from "./loadState";
import { checkRejectedFile, checkRejectedFolder } from "./rejectedFile";
import { ChangedSourceError } from "./remainingRecords";
import { reportDryRun, reportFailure, reportLoad } from "./report";
import { type Source, SourceError } from "./source";

export interface LoadFlags {
  git?: string[];
  lane?: string;
  stack?: string;
  format?: "ndjson" | "csv";
  delimiter?: string;
  map?: string[];
  set?: string[];
  assumeOffset?: string;
  recvAt?: string;
  rejected?: string;
  actors?: "hash" | "email";
  dryRun?: boolean;
  restart?: boolean;
}

interface NamedOpener {
  name: string;
  open: () => Promise<Source>;
}

/** Loads files and git histories one after the other and says what became of them. One that fails does not hold up the others. */
export async function loadCommand(files: readonly string[], flags: LoadFlags): Promise<void> {
  const lane = checkFlags(files, flags);
  const openers: NamedOpener[] = [
    ...files.map((file) => ({ name: file, open: () => openFileSource(file, flags) })),
    ...(flags.git ?? []).map((path) => ({ name: path, open: () => gitSource(path, { actors: flags.actors }) })),
  ];
  await eachSource(openers, flags.dryRun ? tryOut(lane, flags) : await loader(files, lane, flags));
}

/** Tries all of them; the exit code is 1 if one failed. */
async function eachSource(
  openers: readonly NamedOpener[],
  work: (opener: NamedOpener) => Promise<SourceError | undefined>,
): Promise<void> {
  const failed: string[] = [];
  for (const opener of openers) {
    const failure = await work(opener).catch((error) => {
      if (!(error instanceof SourceError || error instanceof ChangedSourceError)) throw error;
      reportFailure(error);
      return error;
    });
    if (failure !== undefined) failed.push(opener.name);
  }
  if (failed.length === 0) return;
  process.exitCode = 1;
  if (openers.length > 1)
    console.error(`${failed.length} of ${openers.length} failed, for the reason above: ${failed.join(", ")}`);
}

async function loader(files: readonly string[], lane: string, flags: LoadFlags) {
  await checkRejectedFiles(files, flags);
  snowflake.configure({ logLevel: "OFF", additionalLogToConsole: false });
  const target = await findTarget(flags);
  const states = new LoadStates(projectFolder().loads);
  /** Bytes of rejected records by file: two sources may share one. */
  const rejectedBytes = new Map<string, number>();
  let isTargetSaid = false;
  return async ({ open }: NamedOpener): Promise<SourceError | undefined> => {
    const found = await open();
    const release = await ownSource(found, [found.identity, lane, target.name], states);
    try {
      const source = await sinceLastTime(found, lane, target, states, flags);
      if (source === undefined) return undefined;
      if (!isTargetSaid) process.stderr.write(`Loading into ${target.name} (named by ${target.namedBy})\n`);
      isTargetSaid = true;
      const rejectedFile = resolve(flags.rejected ?? source.rejectedFile);
      const given = { ...flags, keepRejectedBytes: rejectedBytes.get(rejectedFile) };
      const result = await loadWithProgress(source, lane, target, states, given).catch(async (error) => {
        // What the earlier file of that name held is loaded.
        if (!(error instanceof ChangedSourceError && error.isOther)) throw error;
        return loadWithProgress(await open(), lane, target, states, { ...given, restart: true });
      });
      rejectedBytes.set(rejectedFile, result.rejectedBytes);
      reportLoad(source, result);
      return result.brokenOff;
    } finally {
      await release?.();
    }
  };
}

/** @throws SourceError when another process loads it */
async function ownSource({ name, fingerprint }: Source, key: readonly string[], states: LoadStates) {
  if (fingerprint === undefined) return undefined;
  return states.own(key).catch((error) => {
    if (!(error instanceof FolderInUseError)) throw error;
    throw new SourceError(`${name} is being loaded by process ${error.pid}; wait for it, or stop it and go on here`);
  });
}

function checkFlags(files: readonly string[], flags: LoadFlags): string {
  if (files.length === 0 && !flags.git?.length) {
    throw new CommandError("Nothing to load: name files (- for standard input) or a repository with --git PATH");
  }
  if (flags.assumeOffset !== undefined && !isOffset(flags.assumeOffset)) {
    throw new CommandError(`--assume-offset ${flags.assumeOffset}: expected an offset such as +01:00 or Z`);
  }
  if (flags.recvAt !== undefined && parseInstant(flags.recvAt) === undefined) {
    throw new CommandError(`--recv-at ${flags.recvAt}: expected ISO 8601 with an offset, such as 2026-03-01T10:00:00Z`);
  }
  refuseUnused(files, flags);
  return checkLane(flags.lane ?? DEFAULT_LANE);
}

/** What nothing of this command takes would be left out without a word, and the events be other ones than were asked for. */
function refuseUnused(files: readonly string[], flags: LoadFlags): void {
  if (!files.some((file) => isCsv(file, flags.format))) {
    const given = [flags.map && "--map", flags.set && "--set", flags.delimiter && "--delimiter"].filter(Boolean);
    if (given.length > 0)
      throw new CommandError(
        `${given.join(" and ")} ${given.length === 1 ? "is" : "are"} for CSV, and no file is CSV by its name; if one is, say --format csv`,
      );
  }
  if (files.length === 0 && flags.format) throw new CommandError("--format is for files, and none is named");
}

async function checkRejectedFiles(files: readonly string[], { rejected }: LoadFlags): Promise<void> {
  if (rejected !== undefined) await checkRejectedFolder(rejected);
  const paths = files.filter((file) => file !== "-");
  const sources = await Promise.all(paths.map((path) => realpath(path).catch(() => path)));
  for (const path of rejected === undefined ? paths.map(besides) : [rejected]) await checkRejectedFile(path, sources);
}

function openFileSource(file: string, { format, delimiter, map = [], set = [] }: LoadFlags): Promise<Source> {
  return fileSource(file, { format, mapping: { columns: map, constants: set, delimiter } });
}

/** A history that was loaded before is loaded from where it ended; undefined: there is nothing new. */
async function sinceLastTime(
  source: Source,
  lane: string,
  target: Target,
  states: LoadStates,
  flags: LoadFlags,
): Promise<Source | undefined> {
  if (!source.identity.startsWith("git ") || flags.restart || flags.recvAt !== undefined) return source;
  const path = source.identity.slice("git ".length);
  const earlier = await states.read([source.identity, lane, target.name]);
  const [to, after] = earlier?.fingerprint?.split(" ") ?? [];
  const head = source.fingerprint?.split(" ")[0];
  if (!earlier || !to || !head) return source;
  const { actors } = flags;
  if (!earlier.finished) return gitSource(path, { actors, to, after: after || undefined });
  if (to === head) {
    console.log(
      `${source.name}: nothing new since commit ${to.slice(0, 10)} (--restart loads everything again, as new events)`,
    );
    return undefined;
  }
  return (await isAncestor(path, to, head)) ? gitSource(path, { actors, after: to }) : source;
}

async function loadWithProgress(
  source: Source,
  lane: string,
  target: Target,
  states: LoadStates,
  flags: LoadFlags & { keepRejectedBytes?: number },
) {
  const { total } = source.progress();
  const bar = progressBar(source.name, total);
  const sender = new BatchSender({
    ...target,
    lane,
    onFailure: ({ message, waitMs, transient, failures, loginRefused }) => {
      if (loginRefused || (!transient && failures >= 3))
        stop.abort(new CommandError(`The warehouse refuses the events: ${message}`));
      else process.stderr.write(`\n${message}; next attempt in ${(waitMs / 1000).toFixed(1)} s\n`);
    },
  });
  const stop = new AbortController();
  stop.signal.addEventListener("abort", () => void sender.close(), { once: true });
  const interrupt = () => stop.abort(new CommandError("Stopped; the same command goes on where it was"));
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    return await load(source, {
      lane,
      target: target.name,
      states,
      send: (batch) => sender.send(batch),
      recvAt: flags.recvAt,
      assumeOffset: flags.assumeOffset,
      restart: flags.restart,
      rejectedFile: flags.rejected,
      keepRejectedBytes: flags.keepRejectedBytes,
      signal: stop.signal,
      onChangedEnd: () =>
        process.stderr.write(
          `${source.name}: its last record had no end when it was loaded and is another one now; it is loaded beside what it was\n`,
        ),
      onProgress: ({ accepted }) => bar.update(source.progress().done, accepted),
      onResume: ({ records, accepted }) =>
        process.stderr.write(
          `${source.name}: goes on after ${counted(records, "record")}, ${counted(accepted, "event")} of them loaded\n`,
        ),
    });
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    bar.stop();
    await sender.close();
  }
}

function tryOut(lane: string, { assumeOffset }: LoadFlags) {
  return async ({ open }: NamedOpener): Promise<SourceError | undefined> => {
    const source = await open();
    const result = await dryRun(source, { lane, recvAt: Date.now(), assumeOffset });
    reportDryRun(source, result);
    if (result.rejected > 0) process.exitCode = 1;
    return result.brokenOff;
  };
}
