/**
 * Characters nobody sees that change how the text around them is read: controls, marks of direction, spaces without width. Not the
 * joiners, which hold emoji and scripts together.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Writes them as JSON does, `\u202e`, so that a name cannot pass for another and JSON stays JSON. Line breaks and tabs stay. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
