import type { WarehouseSize } from "../catalogue/model";

/** All ways to write a size, upper case. Source: https://docs.snowflake.com/en/sql-reference/sql/create-warehouse */
const SIZES: Readonly<Record<string, WarehouseSize>> = {
  XSMALL: "XSMALL",
  "X-SMALL": "XSMALL",
  SMALL: "SMALL",
  MEDIUM: "MEDIUM",
  LARGE: "LARGE",
  XLARGE: "XLARGE",
  "X-LARGE": "XLARGE",
  XXLARGE: "XXLARGE",
  X2LARGE: "XXLARGE",
  "2X-LARGE": "XXLARGE",
  XXXLARGE: "XXXLARGE",
  X3LARGE: "XXXLARGE",
  "3X-LARGE": "XXXLARGE",
  X4LARGE: "X4LARGE",
  "4X-LARGE": "X4LARGE",
  X5LARGE: "X5LARGE",
  "5X-LARGE": "X5LARGE",
  X6LARGE: "X6LARGE",
  "6X-LARGE": "X6LARGE",
};

/** The size that a text names, in any case; undefined for what is none. */
export const warehouseSize = (text: string): WarehouseSize | undefined => SIZES[text.toUpperCase()];

const ORDER = [...new Set(Object.values(SIZES))];

/** Less than 0 when `a` is the smaller one. */
export const compareSizes = (a: WarehouseSize, b: WarehouseSize): number => ORDER.indexOf(a) - ORDER.indexOf(b);
