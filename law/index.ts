/** The Two-Table Law as pure functions over Snowflake SQL: one rule per file, the same rules wherever the law is asked. */
export type { Source } from "./acts/act";
export type { Namespace } from "./acts/names";
export { ADMINISTRATORS } from "./administrators";
export { type CheckOptions, checkText, type Judgement, judge, judgeTogether } from "./check";
export type { Exception } from "./exceptions";
export type { Finding, Place, Remark, RuleCode, Severity } from "./finding";
export { LANDING_COLUMNS } from "./landingSettings";
export { isPlainSecret } from "./plainSecret";
export { githubReport } from "./report/github";
export { type Colours, humanReport, printPlace } from "./report/human";
export { rulePage } from "./report/page";
export { sarifReport } from "./report/sarif";
export { READ_TYPES, readResource } from "./resources/index";
export { sourceOf } from "./resources/judged";
export { LAWFUL_TYPES } from "./resources/lawful";
export type { Breach, Note, Rule } from "./rule";
export { RULES } from "./rules/index";
export { DEFAULT_SETTINGS, type LawConfig, type LawSettings, lawSettings, type TableName } from "./settings";
