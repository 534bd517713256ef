/** A process to be killed: writes rows and objects in pairs and prints the number of each pair that is committed. */
import { systemClock } from "../../../local/clock";
import { Store } from "../../../local/store/store";

async function main(directory: string): Promise<void> {
  const store = await Store.open({ directory, clock: systemClock });
  let next = store.catalogue.all("DATABASE").length + 1;
  if (next === 1) {
    const unit = await store.beginWrite();
    await unit.run("CREATE TABLE data.pairs (n INT)");
    await unit.commit();
  }
  for (;;) {
    const unit = await store.beginWrite();
    unit.catalogue.create<"DATABASE">({ kind: "DATABASE", name: `DB${next}`, ownerId: null });
    await unit.run("INSERT INTO data.pairs VALUES ($1)", [next]);
    await store.note((c) => c.run("INSERT INTO meta.sessions VALUES ($1, '{}', 0)", [String(next)]));
    await unit.commit();
    process.stdout.write(`${next}\n`);
    next++;
  }
}

main(process.argv[2] as string).catch((error) => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
