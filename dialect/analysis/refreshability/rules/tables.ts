import type { Node } from "../../../ast/index";
import type { RefreshRule } from "../reason";

const WITHOUT_CHANGE_TRACKING = new Set(["INFORMATION_SCHEMA", "ACCOUNT_USAGE", "ORGANIZATION_USAGE"]);

/** What may not stand in FROM beside tables, views, dynamic tables and VALUES. */
export const tables: RefreshRule = (report) => {
  const refuse = (node: Node, construct: string, fix: string, supportedInFull = true): void =>
    report(node, { construct, message: `${construct} does not refresh incrementally.`, fix, supportedInFull });
  return {
    Sample: (node) => refuse(node, "SAMPLE", "Sample in the query that reads the dynamic table.", false),
    Unpivot: (node) =>
      refuse(
        node,
        "UNPIVOT",
        "Write one SELECT for each column, WHERE it IS NOT NULL unless INCLUDE NULLS is said, and join them with UNION ALL.",
      ),
    MatchRecognize: (node) =>
      refuse(
        node,
        "MATCH_RECOGNIZE",
        "Use window functions with PARTITION BY, or keep it in a view over the dynamic table.",
      ),
    StagedFiles: (node) => refuse(node, "A query of staged files", "Load the files into a table first.", false),
    DirectoryTable: (node) => refuse(node, "A directory table", "Copy its rows into a table first.", false),
    TableLiteral: (node) => refuse(node, "TABLE(…) with a name as value", "Write the name of the table itself.", false),
    SemanticViewTable: (node) => refuse(node, "SEMANTIC_VIEW", "Select from the tables below the semantic view."),
    TimeTravel: (node) =>
      refuse(node, "AT | BEFORE", "A dynamic table reads its sources as of the refresh: leave the clause out.", false),
    NamedTable(node) {
      const schema = node.name.kind === "ObjectName" ? node.name.parts.at(-2)?.value : undefined;
      if (schema !== undefined && WITHOUT_CHANGE_TRACKING.has(schema))
        refuse(node, `A view of ${schema}`, "It has no change tracking: copy what is needed into a table first.");
    },
    Changes: (node) => {
      refuse(node, "CHANGES", "A dynamic table tracks the changes of its sources itself: leave the clause out.", false);
      return false;
    },
    Join(node) {
      if (node.type === "ASOF")
        refuse(
          node,
          "ASOF JOIN",
          "Join on equality and keep the latest row with QUALIFY ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) = 1.",
        );
    },
    Pivot(node) {
      if (Array.isArray(node.values)) return;
      const construct = "any" in node.values ? "PIVOT with IN (ANY)" : "PIVOT with a subquery in IN";
      refuse(node, construct, "List the values: PIVOT (… FOR c IN ('a', 'b')).");
    },
    SequenceNextValue: (node) =>
      refuse(
        node,
        "A sequence",
        "Derive the key from the row, for example with SHA2 of its natural key, or number the rows of a group with ROW_NUMBER().",
      ),
  };
};
