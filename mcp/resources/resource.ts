import type { Service } from "../service";

/** A text that clients may read. */
export interface TextResource {
  name: string;
  uri: string;
  title: string;
  description: string;
  mimeType: string;
  text(service: Service): string;
}
