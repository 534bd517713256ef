import colours from "picocolors";
import {
  DEFAULT_SETTINGS,
  githubReport,
  humanReport,
  type Judgement,
  judge,
  type LawSettings,
  type Source,
  sarifReport,
} from "../../law/index";
import { version } from "../../package.json";
import { explainRule } from "./explain";
import { answerLines } from "./jsonl";
import { sqlSources, UnreadableInput } from "./sources";
import { stateSources } from "./state";

export interface LawFlags {
  state?: string;
  jsonl?: string;
  database?: string;
  format: "human" | "json" | "sarif" | "github";
  explain?: string;
}

/** Exit codes: 0 no finding, 1 findings, 2 something could not be read. */
export async function lawCommand(paths: readonly string[], flags: LawFlags): Promise<void> {
  try {
    process.exitCode = (await run(paths, flags)) > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

async function run(paths: readonly string[], flags: LawFlags): Promise<number> {
  const settings: LawSettings = {
    ...DEFAULT_SETTINGS,
    ...(flags.database ? { database: flags.database.toUpperCase() } : {}),
  };
  if (flags.explain) {
    console.log(explainRule(flags.explain));
    return 0;
  }
  if (flags.jsonl) return answerLines(flags.jsonl, settings);
  if (paths.length === 0 && !flags.state)
    throw new UnreadableInput("Nothing to judge: give files, folders, - for standard input, or --state FILE.");
  const sources = [...(await sqlSources(paths, settings)), ...(flags.state ? await stateSources(flags.state) : [])];
  const judgement = judge(sources, { settings });
  console.log(report(judgement, sources, flags.format));
  return judgement.findings.length;
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
