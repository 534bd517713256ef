import type { SettingValue } from "../catalogue/model";

/** One property of an object that is a name and settings. The comment is not among them: every object has one. */
export interface Setting {
  name: string;
  type: "text" | "integer" | "boolean" | "list";
  /** What DESCRIBE says while it is not set. */
  default?: SettingValue;
  /** What DESCRIBE says is the default, where that is another text than the value of what is not set. */
  printedDefault?: string;
  /** DESCRIBE does not say it. */
  unseen?: true;
  required?: true;
  /** The words that it takes, as DESCRIBE prints them; written in any case. */
  words?: readonly string[];
  /** Inclusive. */
  range?: readonly [number, number];
  /** A password, token or key. That it is set is all that is kept, for nothing here reads it. */
  secret?: true;
  /** Names an object of this kind, which has to exist. */
  names?: "INTEGRATION" | "NETWORK_POLICY" | "ROLE" | "WAREHOUSE";
  /** CREATE alone takes it. */
  fixed?: true;
  /** A public key, which DESCRIBE prints as its fingerprint. */
  fingerprint?: true;
  /** The type that DESCRIBE INTEGRATION prints, where it does not follow from `type`. */
  printedType?: "Object";
  /** How DESCRIBE INTEGRATION prints a list: `a,b` unless said otherwise. */
  print?: (list: readonly string[]) => string;
}

type More = Omit<Partial<Setting>, "name" | "type">;

export const text = (name: string, more: More = {}): Setting => ({ name, type: "text", ...more });
export const integer = (name: string, more: More = {}): Setting => ({ name, type: "integer", ...more });
export const flag = (name: string, more: More = {}): Setting => ({ name, type: "boolean", ...more });
export const list = (name: string, more: More = {}): Setting => ({ name, type: "list", ...more });
export const word = (name: string, words: readonly string[], more: More = {}): Setting => ({
  name,
  type: "text",
  words,
  ...more,
});
export const secret = (name: string, more: More = {}): Setting => ({ name, type: "text", secret: true, ...more });

/** What stands for a secret that is set. */
export const MASK = "☺☺☺";

/** `[a, b]` */
export const inBrackets = (items: readonly string[]): string => `[${items.join(", ")}]`;
