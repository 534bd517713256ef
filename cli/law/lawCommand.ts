import colours from "picocolors";
import { z } from "zod";
import {
  githubReport,
  humanReport,
  type Judgement,
  judge,
  type LawSettings,
  lawSettings,
  type Source,
  sarifReport,
} from "../../law/index";
import { version } from "../../package.json";
import { explainRule } from "./explain";
import { parseJson, readText, UnreadableInput } from "./files";
import { answerLines } from "./jsonl";
import { type LiveAccount, liveSources } from "./live/liveSources";
import type { LiveFlags } from "./live/openAccount";
import { sqlSources } from "./sources";
import { stateSources } from "./state";

export interface LawFlags extends LiveFlags {
  state?: string;
  live?: boolean;
  jsonl?: string;
  database?: string;
  config?: string;
  format: "human" | "json" | "sarif" | "github";
  explain?: string;
}

/** Exit codes: 0 no finding, 1 findings, 2 something could not be read. */
export async function lawCommand(paths: readonly string[], flags: LawFlags): Promise<void> {
  try {
    process.exitCode = await run(paths, flags);
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

async function run(paths: readonly string[], flags: LawFlags): Promise<number> {
  const settings = await settingsOf(flags);
  if (flags.explain) {
    console.log(explainRule(flags.explain));
    return 0;
  }
  if (flags.jsonl) return (await answerLines(flags.jsonl, settings)) > 0 ? 1 : 0;
  if (paths.length === 0 && !flags.state && !flags.live)
    throw new UnreadableInput("Nothing to judge: give files, folders, - for standard input, --state FILE, or --live.");
  const files = await sqlSources(paths, settings);
  const state = flags.state ? await stateSources(flags.state) : { sources: [], remarks: [] };
  const live = flags.live ? await readAccount(flags, settings) : { sources: [], unread: [] };
  const sources = [...files, ...state.sources, ...live.sources];
  const unread = live.unread.map((message) => ({ message: `Not judged: ${message}`, where: {} }));
  const remarks = [...state.remarks, ...unread];
  // What is only half seen cannot be said to be incomplete.
  const whole = paths.length === 0 && remarks.length === 0;
  const judgement = judge(sources, { settings, whole });
  console.log(report({ ...judgement, remarks: [...judgement.remarks, ...remarks] }, sources, flags.format));
  if (judgement.findings.length > 0) return 1;
  return unread.length > 0 ? 2 : 0;
}

async function readAccount(flags: LiveFlags, settings: LawSettings): Promise<LiveAccount> {
  // The driver costs a second that reading files does not need.
  const { openAccount }: typeof import("./live/openAccount") = require("./live/openAccount");
  const account = await openAccount(flags, settings);
  try {
    return await liveSources(account.query, settings);
  } finally {
    await account.close();
  }
}

/** `--config` takes the file of the policy pack as it is. */
async function settingsOf({ config, database }: LawFlags): Promise<LawSettings> {
  const content = config ? parseJson(config, await readText(config)) : {};
  const { law } = z.object({ law: lawConfig.optional() }).parse(content);
  return lawSettings({ ...law, ...(database && { database: database.toUpperCase() }) });
}

const lawConfig = z.strictObject({
  database: z.string().optional(),
  landingTable: z.string().optional(),
  eventsTable: z.string().optional(),
  targetLagSeconds: z.number().optional(),
  refreshWarehouse: z.string().optional(),
  serviceRole: z.string().optional(),
  deployerRole: z.string().optional(),
  procedureSchema: z.string().optional(),
});

function report(judgement: Judgement, sources: readonly Source[], format: LawFlags["format"]): string {
  switch (format) {
    case "json":
      return JSON.stringify(judgement, null, 2);
    case "sarif":
      return JSON.stringify(sarifReport(judgement, version), null, 2);
    case "github":
      return githubReport(judgement);
    case "human": {
      const textOf = ({ file, resource, property }: { file?: string; resource?: string; property?: string }) =>
        writtenText(
          sources.find(
            (source) => source.file === file && source.resource === resource && source.property === property,
          ),
        );
      return humanReport(judgement, textOf, { code: colours.red, dim: colours.dim });
    }
  }
}

const writtenText = (source: Source | undefined): string | undefined => source?.original?.text ?? source?.text;
