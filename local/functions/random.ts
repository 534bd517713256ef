import { bound } from "../translate/bound";
import { number, varchar } from "../types/dataType";
import { type FunctionTable, scalar } from "./call";

/** Values that differ from call to call. */
export const randomFunctions: FunctionTable = {
  RANDOM: scalar(
    0,
    0,
    () =>
      bound(
        "(floor(random() * 18446744073709551615) - 9223372036854775808)::HUGEINT::DECIMAL(19,0)",
        number(19, 0),
        false,
      ),
    { volatile: true },
  ),
  UUID_STRING: scalar(0, 0, () => bound("uuid()::VARCHAR", varchar(36), false), { volatile: true }),
};
