const SECRET =
  /pass(word|phrase|code)|pwd$|secret|token|(private|api|access|account|master|encryption)[_-]?key|credential|bearer|sas$/i;

/** What a key adds when its value only tells about a secret: where it lies, what it is called, how long it lives. */
const ABOUT =
  /(path|file|name|names|id|url|uri|endpoint|policy|expiry|lifetime|ttl|seconds|minutes|days|type|rotation|arn|ref|env|variable|enabled|required|length)$/i;

const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;

/** Whether a value of plain configuration is a secret, by the name it is kept under or by what it is. */
export const isPlainSecret = (key: string, value: string): boolean =>
  PRIVATE_KEY.test(value) || (!/^(|true|false|\$\{.*\})$/i.test(value) && SECRET.test(key) && !ABOUT.test(key));
