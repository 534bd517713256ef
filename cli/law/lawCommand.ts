import colours from "picocolors";
import {
  asConfigured,
  DEFAULT_SETTINGS,
  enabledRules,
  githubReport,
  humanReport,
  isDisabled,
  type Judgement,
  judge,
  type LawSettings,
  lawSettings,
  type Place,
  type Remark,
  RULES,
  type RuleConfigs,
  type Source,
  sarifReport,
} from "../../law/index";
import { version } from "../../package.json";
import type { Configured } from "./config";
import { explainRule } from "./explain";
import { UnreadableInput } from "./files";
import { answerLines } from "./jsonl";
import { type LiveAccount, liveSources } from "./live/liveSources";
import type { LiveFlags } from "./live/openAccount";
import { fileSources } from "./sources";
import type { StackSources } from "./state";

export interface LawFlags extends LiveFlags {
  state?: string;
  live?: boolean;
  jsonl?: string;
  database?: string;
  config?: string;
  format: "human" | "json" | "sarif" | "github";
  explain?: string;
}

/** Exit codes: 0 no finding but advisory ones, 1 findings, 2 something could not be read. */
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
  const { settings, rules } = await configuredBy(flags);
  const alone = flags.explain !== undefined ? "--explain" : flags.jsonl !== undefined ? "--jsonl" : undefined;
  if (alone && (paths.length > 0 || flags.state || flags.live))
    throw new UnreadableInput(`${alone} goes alone: files, --state and --live would not be judged beside it.`);
  if (flags.explain !== undefined) {
    console.log(explainRule(flags.explain));
    return 0;
  }
  if (flags.jsonl !== undefined) {
    const { findings, unread } = await answerLines(flags.jsonl, settings, rules);
    return unread > 0 ? 2 : findings > 0 ? 1 : 0;
  }
  if (paths.length === 0 && !flags.state && !flags.live)
    throw new UnreadableInput("Nothing to judge: give files, folders, - for standard input, --state FILE, or --live.");
  const files = await fileSources(paths, settings);
  const state = flags.state ? await readState(flags.state) : NO_STACK;
  const live = flags.live ? await readAccount(flags, settings) : { sources: [], unread: [], unseen: [] };
  const sources = [...files.sources, ...state.sources, ...live.sources];
  const unread = notJudged([...files.unread, ...live.unread]);
  const remarks = [...state.remarks, ...unread];
  // What is only half seen cannot be said to be incomplete.
  const whole = paths.length === 0 && remarks.length === 0;
  const judged = judge(sources, { settings, rules: enabledRules(rules), whole });
  const secrets = isDisabled(rules, "TT12") ? [] : [...files.findings, ...state.findings];
  judged.findings.push(...secrets);
  const judgement = asConfigured(judged, rules, flags.state ? (name) => state.urns.get(name) ?? [] : undefined);
  const code = exitCode({
    unreadFiles: files.unread.length,
    findings: judgement.findings.filter(({ severity }) => severity === "error").length,
    unread: unread.length,
  });
  // Before the first line goes out: whoever reads the report may stop there, and that ends this process.
  process.exitCode = code;
  console.log(
    report(
      { ...judgement, remarks: [...judgement.remarks, ...remarks, ...notJudged(live.unseen), ...disabled(rules)] },
      sources,
      flags.format,
    ),
  );
  for (const message of files.unread) console.error(message);
  return code;
}

function exitCode(of: { unreadFiles: number; findings: number; unread: number }): number {
  if (of.unreadFiles > 0) return 2;
  if (of.findings > 0) return 1;
  return of.unread > 0 ? 2 : 0;
}

const notJudged = (messages: readonly string[]): Remark[] =>
  messages.map((message) => ({ message: `Not judged: ${message}`, where: {} }));

const NO_STACK: StackSources = { sources: [], findings: [], remarks: [], urns: new Map() };

const disabled = (rules: RuleConfigs): Remark[] =>
  RULES.filter(({ code }) => isDisabled(rules, code)).map(({ code }) => ({
    code,
    message: "Not judged: the configuration disables the rule.",
    where: {},
  }));

// What only some calls need is loaded when it is needed: reading files should start at once.
function readState(file: string): Promise<StackSources> {
  const { stateSources }: typeof import("./state") = require("./state");
  return stateSources(file);
}

async function readAccount(flags: LiveFlags, settings: LawSettings): Promise<LiveAccount> {
  const { openAccount }: typeof import("./live/openAccount") = require("./live/openAccount");
  const account = await openAccount(flags, settings);
  try {
    return await liveSources(account.query, settings);
  } finally {
    await account.close();
  }
}

async function configuredBy({ config, database }: LawFlags): Promise<Configured> {
  if (config === undefined) return { settings: database === undefined ? DEFAULT_SETTINGS : named(database), rules: {} };
  const { readConfiguration }: typeof import("./config") = require("./config");
  return readConfiguration(config, database);
}

function named(database: string): LawSettings {
  try {
    return lawSettings({ database });
  } catch (cause) {
    throw new UnreadableInput((cause as Error).message, { cause });
  }
}

function report(judgement: Judgement, sources: readonly Source[], format: LawFlags["format"]): string {
  switch (format) {
    case "json":
      return JSON.stringify(judgement, null, 2);
    case "sarif":
      return JSON.stringify(sarifReport(judgement, version), null, 2);
    case "github":
      return githubReport(judgement);
    case "human": {
      const byPlace = new Map(sources.map((source) => [keyOf(source), source]));
      const textOf = (place: Place) => writtenText(byPlace.get(keyOf(place)));
      return humanReport(judgement, textOf, { code: colours.red, dim: colours.dim });
    }
  }
}

const keyOf = ({ file, resource, property }: Place): string => JSON.stringify([file, resource, property]);

const writtenText = (source: Source | undefined): string | undefined => source?.original?.text ?? source?.text;
