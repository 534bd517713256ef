import type { Act } from "./acts/act";
import { printResolved } from "./acts/names";
import type { Breach, Rule } from "./rule";
import type { LawSettings } from "./settings";

/**
 * Texts that a CALL hands to a procedure whose body is not read, and that would break a rule if it ran them (TT06): once for
 * each CALL. What it does with them is not known, so the breach is that nobody can tell, and an exception may say so.
 */
export function handedOver(
  acts: readonly Act[],
  rules: readonly Rule[],
  settings: LawSettings,
): { act: Act; breach: Breach }[] {
  const told = new Set<number>();
  return acts.flatMap((act) => {
    const { handedTo, spanInSource } = act;
    if (!handedTo || !spanInSource || told.has(spanInSource.start)) return [];
    for (const rule of rules) {
      const [breach] = rule.check?.(act, settings) ?? [];
      if (!breach) continue;
      told.add(spanInSource.start);
      return [{ act, breach: asHanded(printResolved(handedTo), rule, breach) }];
    }
    return [];
  });
}

const asHanded = (procedure: string, { code }: Rule, { message, secret }: Breach): Breach => ({
  message: `CALL ${procedure} hands over a text that breaks ${code} where it is run, to code that is not read here: ${message}`,
  fix: "Write the statement out, or call a procedure that is defined in the same text.",
  secret,
});
