/** Snowflake SQL understood: text to tokens, tokens to a tree, the tree to text, and what can be known from the tree alone. */

export { type AccessOptions, objectAccess } from "./analysis/access/objectAccess";
export {
  type BodyOwner,
  type ObjectAccess,
  type ObjectAction,
  type ObjectUse,
  type Opaque,
  reads,
  writes,
} from "./analysis/access/objectUse";
export type { ConstantOf } from "./analysis/constants/constant";
export { constantText } from "./analysis/constants/constantText";
export { constantVariables, selectsOf } from "./analysis/constants/constantVariables";
export type { LineageColumn, LineageProblem, Schema, SourceColumn } from "./analysis/lineage/column";
export { columnLineage, type QueryLineage } from "./analysis/lineage/columnLineage";
export type { RefreshReason } from "./analysis/refreshability/reason";
export { type Refreshability, type RefreshNote, refreshability } from "./analysis/refreshability/refreshability";
export {
  type VolatileCall,
  type Volatility,
  type VolatilityOptions,
  volatility,
} from "./analysis/volatility";
export type * from "./ast/index";
export { codeFrame } from "./codeFrame";
export { durationSeconds } from "./duration";
export { DialectError, type Location, locate } from "./errors";
export { type ArityProblem, checkArity } from "./functions/arity";
export type { Determinism, FunctionDefinition, FunctionParameter, TypeHint } from "./functions/definition";
export { FUNCTIONS, findFunction } from "./functions/index";
export { lex } from "./lexer/lex";
export type { CommentToken, Token, TokenKind } from "./lexer/token";
export {
  type ParseOptions,
  type ParseResult,
  parseExpression,
  parseObjectName,
  parseQuery,
  parseStatement,
  parseStatements,
} from "./parser/parser";
export { propertiesOf } from "./parser/propertyRules/index";
export { print } from "./printer/printer";
export { SECRET_PROPERTIES } from "./secretProperties";
export { BREAK, children, type Visitor, visit } from "./visitor";
