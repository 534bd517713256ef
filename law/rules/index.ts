import type { Rule } from "../rule";
import { TT01 } from "./TT01";
import { TT02 } from "./TT02";
import { TT03 } from "./TT03";
import { TT04 } from "./TT04";
import { TT05 } from "./TT05";
import { TT06 } from "./TT06";
import { TT07 } from "./TT07";
import { TT08 } from "./TT08";
import { TT09 } from "./TT09";
import { TT10 } from "./TT10";
import { TT11 } from "./TT11";
import { TT12 } from "./TT12";

/** The law: every rule, in the order of the book. */
export const RULES: readonly Rule[] = [TT01, TT02, TT03, TT04, TT05, TT06, TT07, TT08, TT09, TT10, TT11, TT12];
