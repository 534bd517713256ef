import type { SchemaObjectDoc } from "../model";

/** Files of an internal stage lie under `<data>/stages/<id>/`. */
export interface StageDoc extends SchemaObjectDoc {
  kind: "STAGE";
  /** Of an external stage alone; so are the four below. */
  url?: string;
  storageIntegration?: string;
  hasCredentials?: boolean;
  hasEncryptionKey?: boolean;
  endpoint?: string;
  temporary?: boolean;
  directory?: { enable: boolean; autoRefresh?: boolean };
  /** Upper-case option → value, as FILE_FORMAT = (…) and COPY_OPTIONS = (…) gave them. */
  fileFormat?: Record<string, unknown>;
  copyOptions?: Record<string, unknown>;
  encryption?: string;
}

export interface FileFormatDoc extends SchemaObjectDoc {
  kind: "FILE_FORMAT";
  type: "CSV" | "JSON" | "PARQUET" | "AVRO" | "ORC" | "XML";
  options: Record<string, unknown>;
  temporary?: boolean;
}
