import type { Argument, FunctionCall } from "../../ast/index";
import {
  asJson,
  asText,
  type Constant,
  type Evaluate,
  equal,
  NULL,
  textConstant,
  truth,
  variantConstant,
} from "./constant";
import { NUMBER_FUNCTIONS } from "./numberFunctions";
import { arrayOf, elementAt, objectOf, parsedJson } from "./paths";
import { TEXT_FUNCTIONS } from "./textFunctions";

/** What a call of one of Snowflake's functions answers with, where its arguments say so. */
export function calledConstant(
  { name, args, over, withinGroup }: FunctionCall,
  evaluate: Evaluate,
): Constant | undefined {
  const [own, ...others] = name.parts;
  if (own === undefined || others.length > 0 || over || withinGroup) return undefined;
  const chooses = CHOICES.get(own.value);
  if (chooses) return chooses(args, evaluate);
  const texts = TEXT_FUNCTIONS.get(own.value);
  const numbers = NUMBER_FUNCTIONS.get(own.value);
  if (texts === undefined && numbers === undefined) return undefined;
  const given = args.map(evaluate);
  if (given.includes(undefined)) return undefined;
  if (given.includes(NULL)) return NULL;
  const known = given.map(asText);
  if (known.includes(undefined)) return undefined;
  if (texts) return textConstant(texts(known as string[]));
  const number = numbers?.(known as string[]);
  return number === undefined ? undefined : { type: "number", text: String(number) };
}

type Choice = (args: readonly Argument[], evaluate: Evaluate) => Constant | undefined;

/** The first that is not NULL. */
const firstKnown: Choice = (args, evaluate) => {
  for (const argument of args) {
    const value = evaluate(argument);
    if (value?.type !== "null") return value;
  }
  return NULL;
};

const array: Choice = (args, evaluate) => variantConstant(arrayOf(args, evaluate));

/** Functions that look at some of their arguments alone, or at what is no text. */
const CHOICES: ReadonlyMap<string, Choice> = new Map<string, Choice>([
  ["COALESCE", firstKnown],
  ["NVL", firstKnown],
  ["IFNULL", firstKnown],
  [
    "NVL2",
    ([tested, known, unknown], evaluate) => {
      const value = evaluate(tested);
      return value && evaluate(value.type === "null" ? unknown : known);
    },
  ],
  [
    "IFF",
    ([condition, then, otherwise], evaluate) => {
      const value = evaluate(condition);
      const holds = value && truth(value);
      return holds === undefined ? undefined : evaluate(holds ? then : otherwise);
    },
  ],
  [
    "NULLIF",
    ([one, other], evaluate) => {
      const [a, b] = [evaluate(one), evaluate(other)];
      const same = a && b && equal(a, b);
      return same === undefined ? undefined : same ? NULL : a;
    },
  ],
  ["DECODE", decoded],
  ["ARRAY_CONSTRUCT", array],
  ["OBJECT_CONSTRUCT", (args, evaluate) => variantConstant(objectOf(args, evaluate))],
  ["PARSE_JSON", ([text], evaluate) => parsedJson(asText(evaluate(text)))],
  ["TO_VARIANT", ([value], evaluate) => variantConstant(asJson(evaluate(value)))],
  ["GET", ([base, step], evaluate) => elementAt(evaluate(base), asJson(evaluate(step)))],
  [
    "SPLIT",
    ([text, separator], evaluate) => {
      const [whole, between] = [asText(evaluate(text)), asText(evaluate(separator))];
      return whole === undefined || !between ? undefined : variantConstant(whole.split(between));
    },
  ],
  [
    "ARRAY_TO_STRING",
    ([elements, separator], evaluate) => {
      const values = asJson(evaluate(elements));
      const between = asText(evaluate(separator));
      if (!Array.isArray(values) || between === undefined) return undefined;
      const texts = values.map((value) => asText(variantConstant(value)));
      return texts.includes(undefined) ? undefined : textConstant(texts.join(between));
    },
  ],
]);

/** `DECODE(value, search, result, …, default)`; NULL is found by NULL here. */
function decoded([searched, ...rest]: readonly Argument[], evaluate: Evaluate): Constant | undefined {
  const value = evaluate(searched);
  if (value === undefined) return undefined;
  for (let i = 0; i + 1 < rest.length; i += 2) {
    const tested = evaluate(rest[i]);
    const found = tested && (value.type === "null" ? tested.type === "null" : equal(value, tested));
    if (found === undefined) return undefined;
    if (found) return evaluate(rest[i + 1]);
  }
  return rest.length % 2 === 1 ? evaluate(rest.at(-1)) : NULL;
}
