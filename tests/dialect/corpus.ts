import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "corpus");

/** The statements of each family, one a line. */
export function corpusFamilies(): { family: string; statements: string[] }[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".sql"))
    .map((file) => ({ family: file.replace(".sql", ""), statements: lines(join(FOLDER, file)) }));
}

export function allStatements(): string[] {
  return corpusFamilies().flatMap(({ statements }) => statements);
}

export interface WrongStatement {
  position: number;
  token: string;
  sql: string;
}

/** Statements with the place (from 0) and text of their first wrong token. */
export function wrongFamilies(): { family: string; statements: WrongStatement[] }[] {
  return readdirSync(join(FOLDER, "wrong")).map((file) => ({
    family: file.replace(".tsv", ""),
    statements: lines(join(FOLDER, "wrong", file)).map((line) => {
      const [position = "", token = "", ...sql] = line.split("\t");
      return { position: Number(position), token, sql: sql.join("\t") };
    }),
  }));
}

export function lines(file: string): string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
}
