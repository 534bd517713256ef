import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { writeSecretText } from "../project/secretFile";

/**
 * Sets variables in a `.env` file (0600); every other line of it stays. A password becomes a comment beside a private key: the
 * provider takes one of the two.
 */
export async function updateEnvFile(path: string, values: Readonly<Record<string, string>>): Promise<void> {
  let kept = existsSync(path) ? readFileSync(path, "utf8").replace(/^\uFEFF/, "") : "";
  if (values.SNOWFLAKE_PRIVATE_KEY) kept = kept.replace(/^(?:export +)?SNOWFLAKE_PASSWORD *=/gm, "# $&");
  for (const name of Object.keys(values)) {
    kept = kept.replace(new RegExp(`^(?:export +)?${name} *=(?: *"[^"]*"| *'[^']*'|.*)\\n?`, "gm"), "");
  }
  const added = Object.entries(values).map(([name, value]) => `${name}=${quoted(value)}\n`);
  const text = `${kept}${kept === "" || kept.endsWith("\n") ? "" : "\n"}${added.join("")}`;
  const read = parseEnv(text);
  const wrong = Object.entries(values).find(([name, value]) => read[name] !== value);
  if (wrong) throw new Error(`${path}: ${wrong[0]} cannot be written there; set it in the environment instead`);
  await writeSecretText(path, text);
}

const quoted = (value: string) =>
  /^[\w./:@-]*$/.test(value) ? value : value.includes('"') ? `'${value}'` : `"${value}"`;
