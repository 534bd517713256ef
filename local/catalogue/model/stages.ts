import type { SchemaObjectDoc } from "../model";

/** Files of an internal stage lie under `<data>/stages/<id>/`. */
/** A file of a stage as its directory table knows it. */
export interface DirectoryEntry {
  /** Within the stage. */
  path: string;
  /** Bytes. */
  size: number;
  /** Milliseconds. */
  lastModified: number;
  md5: string;
}

export interface StageDoc extends SchemaObjectDoc {
  kind: "STAGE";
  /** Of an external stage alone; so are the four below. */
  url?: string;
  storageIntegration?: string;
  hasCredentials?: boolean;
  hasEncryptionKey?: boolean;
  endpoint?: string;
  temporary?: boolean;
  /** `files`: what the last ALTER STAGE … REFRESH saw, in the order of their paths. */
  directory?: { enable: boolean; autoRefresh?: boolean; files?: DirectoryEntry[] };
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
