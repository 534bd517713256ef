import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { headerOf, readTemplate, renderSqlFile, stripHeader } from "../../components/renderSql";
import { parseStatement } from "../../dialect/index";
import { environment, VALUES } from "./warehouse";

const ROOT = join(__dirname, "../../sql");
const FILES = ["dynamic_tables", "views", "procedures", "alerts", "queries"].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).map((file) => `${folder}/${file}`),
);

interface Sdk {
  Dialect: { Snowflake: unknown };
  parse(sql: string, dialect: unknown): { success: boolean; error?: string };
}

describe("The SQL of the warehouse", () => {
  let sdk: Sdk;
  before(async () => {
    sdk = (await import("@polyglot-sql/sdk")) as unknown as Sdk;
  });

  for (const file of FILES) {
    it(`${file} opens with its grain and purpose, parses, and holds no name of one environment`, () => {
      assert.match(headerOf(readTemplate(file)), /^[A-Z].{20,}\.$/, "a header of whole sentences");
      const text = stripHeader(renderSqlFile(file, VALUES));
      parseStatement(text);
      const other = environment("OTHER", { entity: "visitor" });
      const elsewhere = stripHeader(renderSqlFile(file, other.values));
      assert.doesNotMatch(
        elsewhere,
        /CLAUDE_BI(?!_OTHER)|CLAUDE_WAREHOUSE(?!_OTHER)|DT_XS_WH(?!_OTHER)|CUSTOMER_STREAM/,
      );
    });

    it(`${file} holds queries that a second parser of Snowflake SQL reads`, () => {
      for (const text of queriesOf(file)) {
        const { success, error } = sdk.parse(text, sdk.Dialect.Snowflake);
        assert.ok(success, `${error}\n${text}`);
      }
    });
  }
});

/** The second parser does not know CREATE OR ALTER nor Snowflake Scripting: it gets the queries inside. */
function queriesOf(file: string): string[] {
  const text = stripHeader(renderSqlFile(file, VALUES));
  if (file.startsWith("dynamic_tables/")) return [text.slice(text.search(/^as$/m) + 3)];
  if (!file.startsWith("procedures/")) return [text];
  const body = text.slice(text.indexOf("$$") + 2, text.lastIndexOf("$$"));
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { kind, span } = node as { kind?: string; span?: { start: number; end: number } };
    if (span && (kind === "Query" || kind === "Insert"))
      found.push(body.slice(span.start, span.end).replace(/\binto\s+:\w+(\s*,\s*:\w+)*/g, ""));
    else for (const value of Object.values(node)) walk(value);
  };
  walk(parseStatement(body));
  return found;
}
