import { Foreign } from "../../ui/foreign";

/** Type and id of what an event is about; each keeps to its own direction. */
export function EventObject({ type, id }: { type: string | null; id: string | null }) {
  if (type === null && id === null) return <>–</>;
  return (
    <>
      {type !== null && <Foreign text={type} />}
      {type !== null && id !== null && " "}
      {id !== null && <Foreign text={id} />}
    </>
  );
}
