import { type RefObject, useCallback, useLayoutEffect, useState } from "react";

/** Rows beyond the edges that exist too, so that scrolling shows none missing. */
const SPARE = 12;
/** The range moves in steps, so that not every scrolled row draws the list anew. */
const STEP = 4;

const NARROW = window.matchMedia("(max-width: 760px)");

export interface FixedRows {
  /** First and last row that exist. */
  first: number;
  last: number;
  /** Of a row and of the head, in pixels. */
  height: number;
  head: number;
  /** Scrolls as little as is needed to have a row in sight, and makes it exist. */
  reveal: (index: number) => void;
  /** Reads the place anew, after it was changed. */
  update: () => void;
}

interface Range {
  first: number;
  last: number;
  isNarrow: boolean;
}

/** Rows of one height, of which those in sight exist: their places are arithmetic, however many there are. */
export function useFixedRows(scroller: RefObject<HTMLElement | null>, count: number): FixedRows {
  const [range, setRange] = useState<Range>({ first: 0, last: 40, isNarrow: NARROW.matches });
  const { isNarrow } = range;
  const height = isNarrow ? 56 : 36;
  const head = isNarrow ? 0 : 36;

  const update = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const isNarrow = NARROW.matches;
    const height = isNarrow ? 56 : 36;
    const top = Math.floor(element.scrollTop / height / STEP) * STEP;
    const first = Math.max(0, top - SPARE);
    const last = top + STEP + Math.ceil(element.clientHeight / height) + SPARE;
    setRange((now) =>
      now.first === first && now.last === last && now.isNarrow === isNarrow ? now : { first, last, isNarrow },
    );
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    update();
    const resized = new ResizeObserver(update);
    resized.observe(element);
    element.addEventListener("scroll", update, { passive: true });
    NARROW.addEventListener("change", update);
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", update);
      NARROW.removeEventListener("change", update);
    };
  }, [scroller, update]);

  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element) return;
      const top = index * height;
      const bottom = top + height + head;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
      update();
    },
    [scroller, height, head, update],
  );

  return {
    first: Math.min(range.first, Math.max(0, count - 1)),
    last: Math.min(range.last, count - 1),
    height,
    head,
    reveal,
    update,
  };
}
