import type { RecordBatch, Schema } from "apache-arrow";
import type { Library } from "./arrowVectors";

/** The most schemas that are remembered; one more begins anew. */
const MOST = 500;

/** A schema and the bytes that announce it in a stream. */
interface Written {
  schema: Schema;
  bytes: Uint8Array;
}

/** A stream ends with eight bytes. */
const END = 8;

/**
 * Schemas of results by what tells them apart. Most results have a few rows, and describing their columns takes ten times as long as
 * writing those; programs ask the same questions again.
 */
export class ArrowSchemas {
  private readonly written = new Map<string, Written>();
  private readonly Writer;

  constructor(private readonly arrow: Library) {
    const bytesOf = new WeakMap<Schema, Uint8Array>();
    this.Writer = class extends arrow.RecordBatchStreamWriter {
      protected override _writeSchema(schema: Schema): this {
        const bytes = bytesOf.get(schema);
        return bytes ? this._write(bytes) : super._writeSchema(schema);
      }
      static remember({ schema, bytes }: Written): void {
        bytesOf.set(schema, bytes);
      }
    };
  }

  /** @param key says all that `make` reads */
  of(key: string, make: () => Schema): Schema {
    const known = this.written.get(key);
    if (known) return known.schema;
    const schema = make();
    const written = { schema, bytes: this.arrow.tableToIPC(new this.arrow.Table(schema, []), "stream").slice(0, -END) };
    this.Writer.remember(written);
    if (this.written.size >= MOST) this.written.clear();
    this.written.set(key, written);
    return schema;
  }

  /** The stream of record batches of one of these schemas. */
  stream(batches: readonly RecordBatch[]): Uint8Array {
    const writer = new this.Writer();
    for (const batch of batches) writer.write(batch);
    return writer.finish().toUint8Array(true) as Uint8Array;
  }
}
