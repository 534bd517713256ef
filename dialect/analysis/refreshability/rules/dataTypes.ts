import type { RefreshRule } from "../reason";

export const dataTypes: RefreshRule = (report) => ({
  DataType(type) {
    if (type.name === "GEOGRAPHY" || type.name === "GEOMETRY") {
      report(type, {
        construct: "Geospatial data",
        message: `${type.name} refreshes in full only.`,
        fix: "Keep coordinates as numbers or text and cast in a view over the dynamic table.",
      });
    } else if (
      type.name === "MAP" ||
      type.fields !== undefined ||
      (type.name === "ARRAY" && type.elements !== undefined)
    ) {
      report(type, {
        construct: "Structured data type",
        message: "Dynamic tables support structured OBJECT, ARRAY and MAP in no refresh mode.",
        fix: "Use VARIANT, OBJECT or ARRAY without a defined schema.",
        supportedInFull: false,
      });
      return false;
    }
    return undefined;
  },
});
