import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { log } from "../log";
import type { BackgroundService, Services } from "../services";
import type { Store } from "../store/store";
import { stagesDirectory } from "./location";

/** Removes the files of stages, tables and users that are gone for good; what can still be undropped keeps its files. */
class StageCleaner implements BackgroundService {
  private work: Promise<void> = Promise.resolve();
  private known = new Set<string>();
  private readonly listener = () => this.look();

  constructor(private readonly store: Store) {
    store.catalogueListeners.add(this.listener);
    this.known = wanted(store);
    this.enqueue(() => this.sweep());
  }

  async stop(): Promise<void> {
    this.store.catalogueListeners.delete(this.listener);
    await this.work;
  }

  private look(): void {
    const now = wanted(this.store);
    const gone = [...this.known].filter((name) => !now.has(name));
    this.known = now;
    if (gone.length > 0) this.enqueue(() => this.remove(gone));
  }

  /** At the start: what an earlier life of the server has left behind. */
  private async sweep(): Promise<void> {
    const found = await readdir(stagesDirectory(this.store)).catch(() => []);
    await this.remove(found.filter((name) => !this.known.has(name)));
  }

  private async remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      if (!this.known.has(name)) await rm(join(stagesDirectory(this.store), name), { recursive: true, force: true });
    }
  }

  private enqueue(work: () => Promise<void>): void {
    this.work = this.work.then(work).catch((error) => log.error({ err: error }, "removing files of stages"));
  }
}

/** Folders whose owner is in the catalogue. A stage alone cannot be undropped, its schema can. */
function wanted(store: Store): Set<string> {
  const { catalogue } = store;
  const names = new Set<string>();
  const live = catalogue.entries();
  for (const doc of live.get("STAGE")?.values() ?? []) {
    const schema = "parentId" in doc ? catalogue.byId(doc.parentId) : undefined;
    if (doc.droppedOn === undefined || schema?.droppedOn !== undefined) names.add(String(doc.id));
  }
  for (const doc of live.get("TABLE")?.values() ?? []) names.add(`table-${doc.id}`);
  for (const doc of live.get("USER")?.values() ?? []) names.add(`user-${doc.id}`);
  return names;
}

export const startStageCleaner = (services: Services): BackgroundService => new StageCleaner(services.store);
