import { BatchSender } from "../../client/batchSender";
import { connectionOptions } from "../../client/connectionOptions";
import { DEFAULT_LANE } from "../../client/lane";
import type { ConnectionFile } from "../connection/target";
import { gitSource } from "../git/gitSource";
import { type LoadResult, load } from "../load/load";
import { LoadStates } from "../load/loadState";
import type { ProjectFolder } from "../project/projectFolder";
import { CommandError } from "../terminal/fail";
import { progressBar } from "../terminal/progressBar";

/** Loads the history of a repository: real events to begin with. */
export async function loadHistory(
  repository: string,
  { outputs, username, password }: ConnectionFile,
  folder: ProjectFolder,
  signal: AbortSignal,
): Promise<LoadResult> {
  const source = await gitSource(repository);
  const stop = new AbortController();
  const sender = new BatchSender({
    connection: connectionOptions(outputs, { username, password } as Parameters<typeof connectionOptions>[1]),
    lane: DEFAULT_LANE,
    procedure: outputs.procedures.ingestEvents,
    onFailure: ({ message, transient }) => {
      if (!transient) stop.abort(new CommandError(`The events could not be loaded: ${message}`));
    },
  });
  const either = AbortSignal.any([signal, stop.signal]);
  either.addEventListener("abort", () => void sender.close(), { once: true });
  const bar = progressBar(source.name, source.progress().total);
  try {
    return await load(source, {
      lane: DEFAULT_LANE,
      target: `${outputs.account.account}/${outputs.database}`,
      states: new LoadStates(folder.loads),
      send: (batch) => sender.send(batch),
      signal: either,
      onProgress: ({ accepted }) => bar.update(source.progress().done, accepted),
    });
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    bar.stop();
    await sender.close();
  }
}
