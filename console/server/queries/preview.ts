/** The beginning of a long text, never half a character; with a mark that there is more. */
export const beginningOf = (text: string, length: number): string =>
  text.length > length ? `${cut(text, length)}…` : text;

/** A payload of which so much is shown at once; the whole can be downloaded. */
const PAYLOAD_PREVIEW = 20_000;

export const previewOf = (payload: string): { payload: string; isPayloadCut: boolean } => ({
  payload: cut(payload, PAYLOAD_PREVIEW),
  isPayloadCut: payload.length > PAYLOAD_PREVIEW,
});

/** A pair of surrogates is one character: its first half alone is none. */
const cut = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
