import type { DataType } from "../../types/dataType";
import type { SchemaObjectDoc } from "../model";

export interface ArgumentDoc {
  name: string;
  type: DataType;
  /** As written after DEFAULT. */
  defaultText?: string;
  /** OUT: the caller's variable takes the last value. */
  isOutput?: true;
}

/** EXTERNAL: a function behind an API integration. */
export type RoutineLanguage = "SQL" | "JAVASCRIPT" | "PYTHON" | "JAVA" | "SCALA" | "EXTERNAL";

/** By the upper-case name of the property; SECRETS are variable → full name. */
export type RoutineOptions = Record<string, string | string[] | Record<string, string>>;

interface RoutineDoc extends SchemaObjectDoc {
  arguments: ArgumentDoc[];
  language: RoutineLanguage;
  /** The address of an external function; empty where the handler is in an import. */
  body: string;
  /** A scalar type, or the columns of TABLE(…) (empty list = TABLE()). */
  returns: { type: DataType; nullable: boolean } | { table: { name: string; type: DataType }[] };
  nullInput: "CALLED" | "STRICT";
  volatility?: "VOLATILE" | "IMMUTABLE";
  secure?: boolean;
  temporary?: boolean;
  /** RUNTIME_VERSION, PACKAGES, HANDLER… kept for DESCRIBE. */
  options?: RoutineOptions;
}

export interface ProcedureDoc extends RoutineDoc {
  kind: "PROCEDURE";
  executeAs: "OWNER" | "CALLER" | "RESTRICTED CALLER";
}

export interface FunctionDoc extends RoutineDoc {
  kind: "FUNCTION";
  memoizable?: boolean;
  aggregate?: boolean;
}
