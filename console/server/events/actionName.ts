const ACTION = /^[a-z0-9_]+(\.[a-z0-9_]+)+$/;

/** Latin letters that are no letter with a mark. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/**
 * The action of an event that Segment's clients name in words: the last word is what happened, the words before it are what it
 * happened to. `Order Completed` and `orderCompleted` are `order.completed`, `Product List Viewed` is `product_list.viewed`, a
 * single word such as `Signup` is `signup.tracked`, `Größe geändert` is `grosse.geandert`. A name that is an action already stays as it is.
 * @returns undefined when no letter a-z and no digit is in the name
 */
export function actionOfName(name: string): string | undefined {
  if (ACTION.test(name)) return name;
  const words = name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => SPELLED[letter] as string)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  if (words.length === 0) return undefined;
  const verb = words.length === 1 ? "tracked" : words.pop();
  return `${words.join("_")}.${verb}`;
}
