import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseStatement, parseStatements, print, visit } from "../../dialect/index";
import { corpusFamilies, lines, wrongFamilies } from "./corpus";
import { withoutSpans } from "./tree";

const UPDATE = process.env.UPDATE_SNAPSHOTS === "1";

describe("statements that are Snowflake SQL", () => {
  for (const { family, statements } of corpusFamilies()) {
    const snapshot = join(__dirname, "corpus", "printed", `${family}.txt`);

    it(`${family}: ${statements.length} statements parse, and print as reviewed`, () => {
      const shown = statements.map((sql) => {
        const statement = parseStatement(sql);
        return `${statement.kind}\t${print(statement).replaceAll("\n", "\\n").replaceAll("\t", "\\t")}`;
      });
      if (UPDATE) writeFileSync(snapshot, `${shown.join("\n")}\n`);
      assert.deepEqual(shown, lines(snapshot));
    });

    it(`${family}: what is printed says the same`, () => {
      for (const sql of statements) {
        const statement = parseStatement(sql);
        assert.deepEqual(withoutSpans(parseStatement(print(statement))), withoutSpans(statement), sql);
      }
    });
  }

  it("have spans inside one another", () => {
    for (const sql of corpusFamilies().flatMap(({ statements }) => statements))
      visit(parseStatement(sql), {
        enter({ kind, span }, ancestors) {
          const parent = ancestors.at(-1) ?? { kind: "text", span: { start: 0, end: sql.length } };
          const inside = parent.span.start <= span.start && span.start <= span.end && span.end <= parent.span.end;
          assert.ok(
            inside,
            `${kind} ${span.start}-${span.end} in ${parent.kind} ${parent.span.start}-${parent.span.end}: ${sql}`,
          );
        },
      });
  });

  it("are read one by one from one text", () => {
    const all = corpusFamilies().flatMap(({ statements }) => statements);
    const { statements, errors } = parseStatements(all.join("\n"));
    assert.deepEqual(errors, []);
    assert.equal(statements.length, all.length);
  });
});

describe("statements that are not Snowflake SQL", () => {
  for (const { family, statements } of wrongFamilies()) {
    it(`${family}: ${statements.length} statements are refused at their first wrong token`, () => {
      for (const { position, token, sql } of statements) {
        const [error] = parseStatements(sql).errors;
        const said =
          error?.code === "002040"
            ? `Unsupported data type '${token.toUpperCase()}'.`
            : `syntax error line 1 at position ${position} unexpected '${token}'.`;
        assert.equal(error?.message, `SQL compilation error:\n${said}`, sql);
        assert.equal(error?.column, position + 1);
      }
    });
  }
});
