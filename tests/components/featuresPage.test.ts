import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ALERTS, PROCEDURES, VIEWS } from "../../components/catalogue";

const ROOT = join(__dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/features.md"), "utf8");

const QUERIES = readdirSync(join(ROOT, "sql/queries"));
const OBJECTS = new Set([
  "LANDING.RAW_EVENTS",
  "ACTIVITY.EVENTS",
  ...VIEWS.map(({ schema, name }) => `${schema}.${name}`),
  ...PROCEDURES.map(({ name }) => `MCP.${name}`),
  ...ALERTS.map(({ name }) => name),
  ...QUERIES,
]);

const ROWS = PAGE.split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| feature"))
  .map((line) => {
    const [feature = "", objects = "", test = ""] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { feature, objects: objects.split(", "), test: test.replace(/`/g, "") };
  });

/** How a test may name an object: the stream by its entity, an alert by its kind, queries by reading their folder. */
const mentions = (text: string, object: string) => {
  if (QUERIES.includes(object)) return /sql\/queries/.test(text);
  const name = object.split(".").at(-1) as string;
  const names = [name, name.replace("ENTITY_", "CUSTOMER_"), name.toLowerCase()];
  // The few tests that call through helpers.
  if (object === "MCP.EXECUTE_QUERY_PLAN") names.push("execute(user");
  if (object === "MCP.VALIDATE_QUERY_PLAN") names.push("validate(user");
  if (object === "MCP.INGEST_EVENTS") names.push(".ingest(");
  return names.some((candidate) => text.includes(candidate));
};

describe("docs/features.md", () => {
  it("has a row for each view, procedure, alert and query of the warehouse, and none for anything else", () => {
    const listed = new Set(ROWS.flatMap(({ objects }) => objects));
    assert.deepEqual(
      [...OBJECTS].filter((object) => !listed.has(object)),
      [],
      "missing",
    );
    assert.deepEqual(
      [...listed].filter((object) => !OBJECTS.has(object)),
      [],
      "unknown",
    );
  });

  for (const { feature, objects, test } of ROWS) {
    it(`${feature}: the test is there and names its objects`, () => {
      const file = join(ROOT, test);
      assert.ok(existsSync(file), `${test} does not exist`);
      const text = readFileSync(file, "utf8");
      assert.deepEqual(
        objects.filter((object) => !mentions(text, object)),
        [],
        test,
      );
    });
  }
});
