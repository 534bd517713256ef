import { visible } from "../format/visible";

/** Text that an event brought along: its direction ends with it, and what cannot be seen is spelled out. */
export const Foreign = ({ text }: { text: string }) => <bdi>{visible(text)}</bdi>;
