import type { WarehouseSize } from "../catalogue/model";

/** Sizes as SHOW WAREHOUSES and GET_DDL spell them. */
export const SIZE_TEXT: Record<WarehouseSize, string> = {
  XSMALL: "X-Small",
  SMALL: "Small",
  MEDIUM: "Medium",
  LARGE: "Large",
  XLARGE: "X-Large",
  XXLARGE: "2X-Large",
  XXXLARGE: "3X-Large",
  X4LARGE: "4X-Large",
  X5LARGE: "5X-Large",
  X6LARGE: "6X-Large",
};
