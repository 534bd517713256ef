const SECRET =
  /pass(word|phrase|code)|pwd$|secret|token|(private|api|access|account|master|encryption)[_-]?key|credential|bearer|sas$/i;

/** What a key adds when its value only tells about a secret: where it lies, what it is called, how long it lives. */
const ABOUT =
  /(path|file|name|names|id|url|uri|endpoint|policy|expiry|lifetime|ttl|seconds|minutes|days|type|rotation|arn|ref|env|variable|enabled|required|length)$/i;

const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;

/** Whether a value of plain configuration is a secret, by the name it is kept under or by what it is. */
export const isPlainSecret = (key: string, value: string): boolean =>
  PRIVATE_KEY.test(value) || (!/^(|true|false|\$\{.*\})$/i.test(value) && SECRET.test(key) && !ABOUT.test(key));

/** `key: value` of YAML and JSON, in blocks and in braces; a value on the same line. */
const PAIR = /(?:^|[\s{,])(["']?)([A-Za-z_][\w-]*)\1[ \t]*:[ \t]+("[^"\n]*"|'[^'\n]*'|[^\s#,{}[\]&*|>"'][^\n,}#]*)/g;

/** Where a specification says which secret of Snowflake it means. */
const REFERENCE = /^(snowflakeSecret|secretKeyRef)$/i;

export interface SecretKey {
  key: string;
  /** Where the key begins in the text. */
  at: number;
}

/** The keys of a service specification whose value is a secret; what a template fills in is none. */
export const secretsInSpecification = (text: string): SecretKey[] =>
  [...text.matchAll(PAIR)]
    .filter(([, , key = "", written = ""]) => {
      const value = written.trim().replace(/^["']|["']$/g, "");
      const counts = /tokens$/i.test(key) && /^\d+$/.test(value);
      return !counts && !REFERENCE.test(key) && !/^(\{\{|<%)/.test(value) && isPlainSecret(key, value);
    })
    .map(({ 0: whole, 2: key = "", index }) => ({ key, at: index + whole.indexOf(key) }));

/** `key => 'value'` after USING, with which the template of a specification is filled in. */
const FILLED_IN = /([A-Za-z_]\w*)"?\s*=>\s*(?:'([^']*)'|\$\$(.*?)\$\$)/gs;

/** The secrets that a statement without a tree fills into the template of a specification. */
export const secretsFilledIn = (text: string): SecretKey[] =>
  [...text.matchAll(FILLED_IN)]
    .filter(([, key = "", quoted, dollars]) => isPlainSecret(key, quoted ?? dollars ?? ""))
    .map(({ 1: key = "", index }) => ({ key, at: index }));
