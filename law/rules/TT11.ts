import type { Rule } from "../rule";

/** Unreadable SQL is a violation. The finding itself is made where texts are read (`check.ts`): there is no act to look at. */
export const TT11: Rule = {
  code: "TT11",
  title: "SQL that cannot be read is a violation.",
  severity: "error",
  why:
    "A law that passes what it does not understand is no law: the third table would hide behind a syntax that nobody has read. " +
    "So reading fails closed, and says where.",
  examples: {
    fail: ["CREATE OR REPLACE TABEL X (A INT);", "SELECT 1 FROM;"],
    pass: ["SELECT 1;", "-- only a comment"],
  },
};

/** What to do about a text that breaks at this place: a template is read when it is filled in, a file as the letters it holds. */
export function unreadableFix(text: string, at: number): string {
  const rest = text.slice(at, at + 2);
  if (/^\{[{%#]/.test(rest))
    return "Judge what the template becomes, such as the files below target/compiled after dbt compile.";
  if (/^(<%|\$\{|&[\w{]|%\()/.test(rest)) return "Judge the text as it is sent, with its variables filled in.";
  if (/^!\w/.test(rest)) return "Leave commands of SnowSQL itself out: they are no SQL.";
  if (rest.startsWith("\ufffd")) return "Save the file as UTF-8.";
  return "Correct the statement; if Snowflake does accept it, report it so that the reader learns it.";
}
