import type { Judgement } from "../check";
import type { Place } from "../finding";
import { RULES } from "../rules/index";
import { pathUri } from "./path";

/** A judgement as SARIF 2.1.0, for code scanning. Exceptions are suppressed results. */
export function sarifReport({ findings, exceptions, remarks }: Judgement, version: string): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "two-table-law",
            version,
            rules: RULES.map(({ code, title, why }) => ({
              id: code,
              name: code,
              shortDescription: { text: title },
              fullDescription: { text: why },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: [
          ...findings.map(({ code, severity, message, where, fix }) => ({
            ruleId: code,
            level: severity,
            message: { text: `${message} Instead: ${fix}` },
            locations: locations(where),
          })),
          ...exceptions.map(({ code, reason, where, used, by }) => ({
            ruleId: code,
            level: used ? "error" : "note",
            message: { text: used ? `Allowed because ${reason}` : `Unused exception: ${reason}` },
            locations: locations(where),
            suppressions: [{ kind: by === undefined ? "inSource" : "external", justification: reason }],
          })),
          ...remarks.map(({ code, message, where }) => ({
            ...(code && { ruleId: code }),
            kind: "informational",
            level: "none",
            message: { text: message },
            locations: locations(where),
          })),
        ],
      },
    ],
  };
}

/** Code scanning takes no result without a place: what is missing is missing in the stack. */
const NOWHERE = "Pulumi.yaml";

function locations({ file, resource, property, line, column }: Place): object[] {
  const path = file ?? ([resource, property].filter(Boolean).join("/") || NOWHERE);
  return [
    {
      physicalLocation: {
        artifactLocation: { uri: pathUri(path) },
        ...(line === undefined ? {} : { region: { startLine: line, startColumn: column } }),
      },
    },
  ];
}
