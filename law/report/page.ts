import type { Rule } from "../rule";

/** The page of a rule, made from the rule itself so that the two never differ. */
export function rulePage(rule: Rule): string {
  return `# ${rule.code}: ${rule.title}

${rule.why}

Severity: ${rule.severity}. ${EXCEPTIONS[rule.code] ?? `An exception is possible: \`-- law:allow ${rule.code} because …\` directly above the statement, with a reason of at least three words; every report lists it.`}

## Breaks it

${block(rule.examples.fail)}

## Keeps it

${block(rule.examples.pass)}

## Configuration

In the policy pack the rule is the policy \`${rule.code.toLowerCase()}\`. Its level and the resources it leaves alone:

\`\`\`json
{ "${rule.code.toLowerCase()}": { "enforcementLevel": "mandatory", "allow": ["name-or-urn-of-a-resource"] } }
\`\`\`

What the database, the two tables and the roles are called is said once, under \`law\`.
`;
}

const NONE = "It knows no exception.";
const EXCEPTIONS: Partial<Record<Rule["code"], string>> = { TT01: NONE, TT02: NONE, TT11: NONE };

const block = (texts: readonly string[]): string => `\`\`\`sql\n${texts.join("\n")}\n\`\`\``;
