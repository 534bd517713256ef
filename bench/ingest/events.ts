/** An event as a shop sends it, about 270 bytes of JSON. */
export const event = (n: number) => ({
  action: "order.placed",
  occurred_at: new Date(Date.UTC(2026, 2, 1) + n * 1000).toISOString(),
  actor_id: `u${n % 1000}`,
  object: { type: "order", id: `o${n}` },
  attributes: { amount: n % 97, currency: "EUR", items: [1, 2, 3] },
  source: "shop",
  schema_version: "2.1.0",
});

export const BATCH = 10_000;
