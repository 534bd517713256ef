import { END, START, type TrueCommit } from "./gitHistory";
import type { Answer } from "./support";

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
const day = (seconds: number) => iso(seconds).slice(0, 10);
const monday = (seconds: number) => day(seconds - ((Math.floor(seconds / 86_400) + 3) % 7) * 86_400);
const window = { from: iso(START), to: iso(END) };

const count = <T>(items: readonly T[], key: (item: T) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
};

const sorted = (counts: Map<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

/** Linear between the neighbours, as PERCENTILE_CONT. */
function percentile(values: readonly number[], share: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  const at = (ordered.length - 1) * share;
  const low = ordered[Math.floor(at)] as number;
  return low + ((ordered[Math.ceil(at)] as number) - low) * (at - Math.floor(at));
}

export interface Question {
  asks: string;
  tool: string;
  args: Record<string, unknown>;
  /** What the answer should say, in the same shape as `reads` gives. */
  truth: (commits: TrueCommit[]) => unknown;
  reads: (answer: Answer) => unknown;
}

export const plan = (more: Record<string, unknown>) => ({ plan: { window, limit: 200, ...more } });
const rows =
  (...columns: string[]) =>
  (answer: Answer) =>
    answer.rows.map((row: Answer) => columns.map((column) => row[column]));
const one = (column: string) => (answer: Answer) => answer.rows[0][column];
export const changes = (commits: TrueCommit[]) =>
  commits.flatMap((commit) => commit.files.map((file) => ({ ...file, ...commit, path: file.path })));
export const FILE = "src/a.ts";

/** What a product analyst asks of git events, each with its answer computed apart from the history itself. */
export const QUESTIONS: Question[] = [
  {
    asks: "How many commits were authored?",
    tool: "run-plan",
    args: plan({ actions: ["commit.authored"], measures: ["count"] }),
    truth: (commits) => commits.length,
    reads: one("count"),
  },
  {
    asks: "How many commits landed by the end of January?",
    tool: "run-plan",
    args: {
      plan: {
        actions: ["commit.landed"],
        window: { from: iso(START), to: "2026-02-01T00:00:00Z" },
        measures: ["count"],
      },
    },
    truth: (commits) => commits.filter(({ landed }) => iso(landed) < "2026-02-01").length,
    reads: one("count"),
  },
  {
    asks: "How many people wrote code?",
    tool: "run-plan",
    args: plan({ actions: ["commit.authored"], measures: ["count_distinct(actor_id)"] }),
    truth: (commits) => new Set(commits.map(({ author }) => author)).size,
    reads: one("count_distinct(actor_id)"),
  },
  {
    asks: "Weekly active authors?",
    tool: "run-plan",
    args: plan({
      actions: ["commit.authored"],
      group_by: ["week"],
      measures: ["count_distinct(actor_id)"],
      order_by: ["week"],
    }),
    truth: (commits) =>
      sorted(
        count([...new Set(commits.map(({ authored, author }) => `${monday(authored)} ${author}`))], (text) =>
          text.slice(0, 10),
        ),
      ),
    reads: rows("week", "count_distinct(actor_id)"),
  },
  {
    asks: "Who commits most?",
    tool: "run-plan",
    args: plan({
      actions: ["commit.authored"],
      group_by: ["actor_id"],
      order_by: ["-count", "actor_id"],
      measures: ["count"],
    }),
    truth: (commits) => sorted(count(commits, ({ author }) => author)).sort(([, a], [, b]) => b - a),
    reads: rows("actor_id", "count"),
  },
  {
    asks: "Which file changes most often?",
    tool: "run-plan",
    args: plan({
      actions: ["file.changed"],
      group_by: ["object_id"],
      measures: ["count"],
      order_by: ["-count", "object_id"],
      limit: 1,
    }),
    truth: (commits) =>
      sorted(count(changes(commits), ({ path }) => path))
        .sort(([, a], [, b]) => b - a)
        .slice(0, 1),
    reads: rows("object_id", "count"),
  },
  {
    asks: "How many files change per month?",
    tool: "run-plan",
    args: plan({ actions: ["file.changed"], group_by: ["month"], measures: ["count"], order_by: ["month"] }),
    truth: (commits) => sorted(count(changes(commits), ({ authored }) => iso(authored).slice(0, 7))),
    reads: rows("month", "count"),
  },
  {
    asks: `Who changed ${FILE} first?`,
    tool: "run-plan",
    args: plan({
      actions: ["file.changed"],
      filters: [{ field: "object_id", op: "=", value: FILE }],
      order_by: ["occurred_at"],
      limit: 1,
    }),
    truth: (commits) => [
      changes(commits)
        .filter(({ path }) => path === FILE)
        .map(({ author, hash }) => [author, hash])[0],
    ],
    reads: (answer) => answer.rows.map((row: Answer) => [row.actor_id, row.attributes.commit]),
  },
  {
    asks: "Time from authored to landed, p50 and p90?",
    tool: "relate-actions",
    args: {
      action: "commit.authored",
      relationship: "first_after",
      other_action: "commit.landed",
      match: "object",
      window,
      measures: ["median(related.seconds)", "p90(related.seconds)"],
    },
    truth: (commits) =>
      [0.5, 0.9].map((share) =>
        Math.round(
          percentile(
            commits.map(({ authored, landed }) => landed - authored),
            share,
          ) * 1000,
        ),
      ),
    reads: (answer) =>
      ["median(related.seconds)", "p90(related.seconds)"].map((name) => Math.round(answer.rows[0][name] * 1000)),
  },
  {
    asks: "How many commits took more than a day to land?",
    tool: "relate-actions",
    args: {
      action: "commit.authored",
      relationship: "first_after",
      other_action: "commit.landed",
      match: "object",
      window,
      order_by: ["occurred_at"],
      limit: 200,
    },
    truth: (commits) => commits.filter(({ authored, landed }) => landed - authored > 86_400).length,
    reads: (answer) => answer.rows.filter((row: Answer) => row.relate.related.seconds > 86_400).length,
  },
  {
    asks: "How many files does a commit change on average?",
    tool: "run-plan",
    args: plan({ actions: ["commit.authored"], measures: ["avg(attributes.files)"] }),
    truth: (commits) => Math.round((changes(commits).length / commits.length) * 1000),
    reads: (answer) => Math.round(answer.rows[0]["avg(attributes.files)"] * 1000),
  },
  {
    asks: "How many commits change three files?",
    tool: "run-plan",
    args: plan({
      actions: ["commit.authored"],
      filters: [{ field: "attributes.files", op: "=", value: 3 }],
      measures: ["count"],
    }),
    truth: (commits) => commits.filter(({ files }) => files.length === 3).length,
    reads: one("count"),
  },
  {
    asks: "How do changes split into added, modified, deleted?",
    tool: "run-plan",
    args: plan({
      actions: ["file.changed"],
      group_by: ["attributes.change"],
      measures: ["count"],
      order_by: ["attributes.change"],
    }),
    truth: (commits) => sorted(count(changes(commits), ({ change }) => change)),
    reads: rows("attributes.change", "count"),
  },
  {
    asks: "How many people touched the documentation?",
    tool: "run-plan",
    args: plan({
      actions: ["file.changed"],
      filters: [{ field: "object_id", op: "starts_with", value: "docs/" }],
      measures: ["count_distinct(actor_id)"],
    }),
    truth: (commits) =>
      new Set(
        changes(commits)
          .filter(({ path }) => path.startsWith("docs/"))
          .map(({ author }) => author),
      ).size,
    reads: one("count_distinct(actor_id)"),
  },
  {
    asks: "When did each author first commit?",
    tool: "run-plan",
    args: plan({
      actions: ["commit.authored"],
      group_by: ["actor_id"],
      measures: ["min(occurred_at)"],
      order_by: ["actor_id"],
    }),
    truth: (commits) =>
      sorted(new Map(commits.toReversed().map(({ author, authored }) => [author, authored]))).map(([author, at]) => [
        author,
        iso(at),
      ]),
    reads: rows("actor_id", "min(occurred_at)"),
  },
  {
    asks: "Which day had the most commits?",
    tool: "run-plan",
    args: plan({
      actions: ["commit.authored"],
      group_by: ["day"],
      measures: ["count"],
      order_by: ["-count", "day"],
      limit: 1,
    }),
    truth: (commits) =>
      sorted(count(commits, ({ authored }) => day(authored)))
        .sort(([, a], [, b]) => b - a)
        .slice(0, 1),
    reads: rows("day", "count"),
  },
  {
    asks: "How long between two commits of one person, by the median?",
    tool: "relate-actions",
    args: {
      action: "commit.authored",
      relationship: "last_before",
      other_action: "commit.authored",
      window,
      measures: ["median(related.seconds)", "count(related.seconds)"],
    },
    truth: (commits) => {
      const gaps = commits.flatMap(({ author, authored }) => {
        const earlier = commits.filter((other) => other.author === author && other.authored < authored);
        return earlier.length ? [(earlier.at(-1) as TrueCommit).authored - authored] : [];
      });
      return [percentile(gaps, 0.5), gaps.length];
    },
    reads: (answer) => [answer.rows[0]["median(related.seconds)"], answer.rows[0]["count(related.seconds)"]],
  },
  {
    asks: "How many files had each person changed before their last commit?",
    tool: "relate-actions",
    args: {
      action: "commit.authored",
      relationship: "aggregate_before",
      other_action: "file.changed",
      window,
      group_by: ["actor_id"],
      measures: ["max(related.count)"],
      order_by: ["actor_id"],
    },
    truth: (commits) =>
      sorted(
        new Map(
          commits.map(({ author, authored }) => [
            author,
            changes(commits).filter((change) => change.author === author && change.authored < authored).length,
          ]),
        ),
      ),
    reads: rows("actor_id", "max(related.count)"),
  },
  {
    asks: "What happened to each commit of the first week?",
    tool: "run-plan",
    args: {
      plan: {
        actions: ["commit.authored", "commit.landed"],
        window: { from: iso(START), to: iso(START + 7 * 86_400) },
        group_by: ["action"],
        measures: ["count"],
        order_by: ["action"],
      },
    },
    truth: (commits) => [
      ["commit.authored", commits.filter(({ authored }) => authored < START + 7 * 86_400).length],
      ["commit.landed", commits.filter(({ landed }) => landed < START + 7 * 86_400).length],
    ],
    reads: rows("action", "count"),
  },
];
