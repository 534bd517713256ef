/** A password before the host, or the signature of an Azure SAS token or of a presigned S3 address. */
const SIGNED = /^[a-z][a-z0-9+.-]*:\/\/([^/?#\s:@]+:[^/?#\s@]+@|\S*[?&](sig|X-Amz-Signature)=[^&\s]+)/i;

/** A key among the parameters of an address. */
const KEYED = /^https?:\/\/\S*[?&](code|key|api[-_]?key|(access[-_]?)?token|secret|signature)=[^&\s]+/i;

/** Services whose addresses are secrets as they are: whoever knows one may post there. */
const SERVICES =
  /^https:\/\/(hooks\.slack\.com\/(services|workflows|triggers)\/|([^/]+\.webhook|outlook)\.office(365)?\.com\/|[^/]+\.logic\.azure\.com[:/]|[^/]+\.powerplatform\.com[:/]|api\.telegram\.org\/bot\d|events\.pagerduty\.com\/integration\/|maker\.ifttt\.com\/trigger\/)/i;

/** `…/webhooks/123/abc`: others of that kind, whose address ends in what nobody could guess. */
const HOOK = /^https:\/\/\S*\/(web)?hooks?\/([^\s?#]*\/)?(?=[^/?#\s]*\d|[^/?#\s]{16})[^/?#\s]+/i;

/** Stands in an address or a header for a secret that Snowflake keeps. https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration-webhooks */
export const WEBHOOK_SECRET = /SNOWFLAKE_WEBHOOK_SECRET/;

/** Whether an address proves by itself who calls, whatever it is the address of. */
export const isSignedAddress = (address: string): boolean => SIGNED.test(address);

/** Whether knowing the address of a service is enough to call it. */
export const isSecretAddress = (address: string): boolean =>
  !WEBHOOK_SECRET.test(address) &&
  (SIGNED.test(address) || KEYED.test(address) || SERVICES.test(address) || HOOK.test(address));
