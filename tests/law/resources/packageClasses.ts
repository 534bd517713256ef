import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PACKAGE = dirname(require.resolve("@pulumi/snowflake/package.json"));

/** The type of every resource class of @pulumi/snowflake, as it stands in its token. */
export const PACKAGE_TYPES: readonly string[] = readdirSync(PACKAGE)
  .filter((file) => /^[a-z]\w*\.js$/.test(file))
  .flatMap((file) => [
    ...readFileSync(join(PACKAGE, file), "utf8").matchAll(/__pulumiType = 'snowflake:index\/(\w+):/g),
  ])
  .map((match) => match[1] as string);

/** The inputs of a class, in the order of the alphabet. */
export function inputsOf(type: string): string[] {
  const declarations = readFileSync(join(PACKAGE, `${type}.d.ts`), "utf8");
  const [, inputs = ""] = /export interface \w+Args \{\n([\s\S]*?)\n\}/.exec(declarations) ?? [];
  return [...inputs.matchAll(/^ {4}(\w+)\??:/gm)].map((match) => match[1] as string).sort();
}

/** A line of classes.txt: what the law can say of a class, the inputs that it reads, and those that it passes over. */
export interface ClassLine {
  type: string;
  codes: string[];
  reads: string[];
  passesOver: string[];
}

const wordsOf = (text = ""): string[] => text.split(" ").filter((word) => word !== "" && word !== "lawful");

const LINE = /^(\w+):([\w ]+)(?:\| reads ([\w ]+))?(?:\| passes over ([\w ]+))?$/;

export const CLASS_LINES: readonly ClassLine[] = readFileSync(join(__dirname, "classes.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [, type = line, codes, reads, passesOver] = LINE.exec(line) ?? [];
    return { type, codes: wordsOf(codes), reads: wordsOf(reads), passesOver: wordsOf(passesOver) };
  });
