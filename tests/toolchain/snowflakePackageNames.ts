import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** Property name → names of the properties of its nested type; empty for a plain value. */
export interface NameTree {
  [name: string]: NameTree;
}

const FOLDER = dirname(require.resolve("@pulumi/snowflake/package.json"));

/** The properties of every resource class of `@pulumi/snowflake`, by type token, read from its declarations. */
export function readResourceNames(): Record<string, NameTree> {
  const result: Record<string, NameTree> = {};
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".d.ts"))) {
    const script = readFileSync(join(FOLDER, file.replace(/\.d\.ts$/, ".js")), "utf8");
    const token = /\.__pulumiType = '(snowflake:index[^']+)'/.exec(script)?.[1];
    if (!token) continue;
    const state = interfacesOf(file).get(`${token.split(":")[2]}State`);
    if (!state) throw new Error(`${file} declares no state of ${token}`);
    result[token] = treeOf(state);
  }
  return result;
}

/** The settings that the class `Provider` accepts. */
export function readProviderNames(): NameTree {
  return treeOf(interfacesOf("provider.d.ts").get("ProviderArgs")!);
}

function treeOf(declaration: ts.InterfaceDeclaration): NameTree {
  const result: NameTree = {};
  for (const member of declaration.members) {
    if (!ts.isPropertySignature(member) || !member.type) continue;
    const nested = /\binputs\.(\w+)/.exec(member.type.getText())?.[1];
    result[member.name.getText()] = nested ? treeOf(interfacesOf("types/input.d.ts").get(nested)!) : {};
  }
  return result;
}

const parsed = new Map<string, Map<string, ts.InterfaceDeclaration>>();

function interfacesOf(file: string): Map<string, ts.InterfaceDeclaration> {
  let found = parsed.get(file);
  if (!found) {
    found = new Map();
    const source = ts.createSourceFile(file, readFileSync(join(FOLDER, file), "utf8"), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      if (ts.isInterfaceDeclaration(statement)) found.set(statement.name.text, statement);
    }
    parsed.set(file, found);
  }
  return found;
}
