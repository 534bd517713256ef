import { namesOf } from "../../components/names";
import { renderSql, type SqlValue } from "../../components/renderSql";
import { readSettings } from "../../components/settings";
import { templateValues } from "../../components/templateValues";
import type { LawSettings, Source } from "../../law/index";

const PLACEHOLDER = /\{\{.*?\}\}/gs;

/** The template filled in as it is deployed with default settings; places are told in the template itself. */
export function renderedSource(path: string, file: string, template: string, settings: LawSettings): Source {
  const values = valuesFor(settings);
  const starts: { rendered: number; template: number }[] = [];
  let text = "";
  let at = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    starts.push({ rendered: text.length, template: at });
    text += template.slice(at, match.index);
    at = match.index + match[0].length;
    starts.push({ rendered: text.length, template: match.index });
    text += renderSql(path, match[0], values);
  }
  starts.push({ rendered: text.length, template: at });
  text += template.slice(at);
  const offsetOf = (offset: number): number => {
    const index = starts.findLastIndex(({ rendered }) => rendered <= offset);
    const start = starts[index];
    if (!start) return 0;
    // Odd pieces are what stands for a placeholder, of any length: its place is the placeholder's.
    return index % 2 === 1 ? start.template : start.template + offset - start.rendered;
  };
  return { file, text, original: { text: template, offsetOf } };
}

function valuesFor({ database }: LawSettings): Readonly<Record<string, SqlValue>> {
  const settings = readSettings({
    config: { account: "ANY-ACCOUNT", user: "ANY", password: "unused" },
    environment: {},
  });
  return { ...templateValues(settings, namesOf(settings)), database: { identifier: database } };
}
