import type { Rule } from "../rule";
import { TT01 } from "./TT01";
import { TT11 } from "./TT11";

/** The law: every rule, in the order of the book. */
export const RULES: readonly Rule[] = [TT01, TT11];
