import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { SnowflakeError } from "../../errors";

const MODES = ["ECB", "CBC", "GCM", "CTR", "OFB", "CFB"] as const;
const BLOCK = 16;
const TAG_LENGTH = 16;

interface Method {
  mode: (typeof MODES)[number];
  isPadded: boolean;
}

interface Sealed {
  iv: Buffer;
  ciphertext: Buffer;
  /** Of GCM alone. */
  tag: Buffer;
}

/** The page documents this one code, for a failed decryption; whatever else the functions complain of carries it too. */
const refused = (message: string) => new SnowflakeError("100311", "22023", message);

const failed = () => refused("Decryption failed. Check encrypted data, key, AAD, or AEAD tag.");

/**
 * `<algorithm>-<mode>[/pad:<padding>]` in letters of any case; GCM and PKCS unless others are named, null is AES-GCM.
 * Source: https://docs.snowflake.com/en/sql-reference/functions/encrypt
 */
export function methodOf(text: string | null): Method {
  const [, algorithm, mode = "GCM", padding = "PKCS"] =
    /^([A-Z0-9]+)(?:-([A-Z0-9]+))?(?:\s*\/\s*PAD:\s*([A-Z0-9]+))?$/.exec((text ?? "AES-GCM").trim().toUpperCase()) ??
    [];
  if (algorithm === undefined) throw refused(`Malformed encryption method parameter: ${text}`);
  if (algorithm !== "AES") throw refused(`Unsupported encryption algorithm: ${algorithm}`);
  const known = MODES.find((name) => name === mode);
  if (!known) throw refused(`Unsupported encryption mode: ${mode}`);
  if (padding !== "PKCS" && padding !== "NONE") throw refused(`Unsupported encryption padding: ${padding}`);
  return { mode: known, isPadded: padding === "PKCS" };
}

/** Bytes of the initialization vector. */
const ivLength = ({ mode }: Method): number => (mode === "ECB" ? 0 : mode === "GCM" ? 12 : BLOCK);

const KEYS_KEPT = 64;
const keys = new Map<string, Buffer>();

/** The key of a passphrase, always the same. Snowflake's seed is its own secret, so neither reads what the other encrypted. */
export function keyOf(passphrase: string): Buffer {
  const known = keys.get(passphrase);
  if (known) return known;
  const key = pbkdf2Sync(passphrase, "the embedded server", 10_000, 32, "sha256");
  if (keys.size >= KEYS_KEPT) keys.clear();
  keys.set(passphrase, key);
  return key;
}

function check(method: Method, key: Buffer, iv: Buffer, aad: Buffer | null): string {
  const bits = key.length * 8;
  if (![128, 192, 256].includes(bits)) throw refused(`Key size of ${bits} bits not found for encryption algorithm AES`);
  const { mode } = method;
  const wanted = ivLength(method);
  if (wanted > 0 && iv.length !== wanted)
    throw refused(
      `IV/Nonce of size ${iv.length * 8} bits needs to be of size of ${wanted * 8} bits for encryption mode ${mode}`,
    );
  if (aad && mode !== "GCM") throw refused(`Encryption mode ${mode} does not support AAD`);
  return `aes-${bits}-${mode.toLowerCase()}`;
}

/** Without padding ECB and CBC take whole blocks alone. */
function checkBlocks(method: Method, data: Buffer): void {
  const inBlocks = (method.mode === "ECB" || method.mode === "CBC") && !method.isPadded;
  if (inBlocks && data.length % BLOCK !== 0)
    throw refused(
      `Data size (${data.length} bytes) needs to be a multiple of block size (${BLOCK} bytes) if padding is disabled`,
    );
}

/** Encrypts; a missing vector is drawn. */
export function seal(method: Method, value: Buffer, key: Buffer, given: Buffer | null, aad: Buffer | null): Sealed {
  const iv = ivLength(method) === 0 ? Buffer.alloc(0) : (given ?? randomBytes(ivLength(method)));
  const name = check(method, key, iv, aad);
  checkBlocks(method, value);
  // biome-ignore lint/suspicious/noExplicitAny: the name of the cipher decides which of node's types it is.
  const cipher: any = createCipheriv(name, key, iv.length > 0 ? iv : null);
  cipher.setAutoPadding(method.isPadded);
  if (aad) cipher.setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(value), cipher.final()]);
  return { iv, ciphertext, tag: method.mode === "GCM" ? cipher.getAuthTag() : Buffer.alloc(0) };
}

/** Decrypts. Errors: 100311 for a wrong key, data, additional data or tag, as far as the mode can tell. */
export function open(method: Method, sealed: Sealed, key: Buffer, aad: Buffer | null): Buffer {
  const iv = ivLength(method) === 0 ? Buffer.alloc(0) : sealed.iv;
  const name = check(method, key, iv, aad);
  checkBlocks(method, sealed.ciphertext);
  if (method.mode === "GCM" && sealed.tag.length === 0)
    throw refused("Decryption mode requires an AEAD tag as parameter");
  try {
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const decipher: any = createDecipheriv(name, key, iv.length > 0 ? iv : null);
    decipher.setAutoPadding(method.isPadded);
    if (aad) decipher.setAAD(aad);
    if (method.mode === "GCM") {
      if (sealed.tag.length !== TAG_LENGTH) throw failed();
      decipher.setAuthTag(sealed.tag);
    }
    return Buffer.concat([decipher.update(sealed.ciphertext), decipher.final()]);
  } catch {
    throw failed();
  }
}

/** The vector, the ciphertext and the tag behind each other, as ENCRYPT gives them. */
export function parted(method: Method, data: Buffer): Sealed {
  const from = ivLength(method);
  const to = data.length - (method.mode === "GCM" ? TAG_LENGTH : 0);
  if (to < from)
    throw refused("Encrypted data input does not comply with the expected input of the selected encryption method");
  return { iv: data.subarray(0, from), ciphertext: data.subarray(from, to), tag: data.subarray(to) };
}
