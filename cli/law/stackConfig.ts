import { isMap, isPair, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from "yaml";
import { type Finding, isPlainSecret } from "../../law/index";
import { UnreadableInput } from "./files";

/**
 * Secrets in plain text in a stack's configuration, which is in the repository (TT12). What `pulumi config set --secret`
 * wrote stands under `secure` and is encrypted.
 */
export function configFindings(file: string, text: string): Finding[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) throw new UnreadableInput(`${file} is not YAML: ${error.message}`);
  const findings: Finding[] = [];
  const search = (node: ParsedNode | null | undefined, path: string): void => {
    if (isMap(node)) {
      for (const pair of node.items) {
        const key = isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : "";
        // `value` and `default` are how a project file says what a key holds.
        if (key !== "secure") search(pair.value as ParsedNode, /^(value|default)$/.test(key) ? path : join(path, key));
      }
    } else if (isSeq(node)) {
      for (const item of node.items) search(item as ParsedNode, path);
    } else if (isScalar(node) && ["string", "number"].includes(typeof node.value)) {
      const name = path.split(/[:.]/).at(-1) ?? path;
      if (!isPlainSecret(name, String(node.value))) return;
      const [start = 0, end = start] = node.range ?? [];
      const { line, col } = lines.linePos(start);
      findings.push({
        code: "TT12",
        severity: "error",
        message: `${path} stands in plain text in the configuration of the stack.`,
        where: { file, line, column: col, span: { start, end } },
        fix: `pulumi config set --secret ${path}, and give the secret that was here up.`,
      });
    }
  };
  search(document.get("config", true) as unknown as ParsedNode, "");
  return findings;
}

const join = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);
