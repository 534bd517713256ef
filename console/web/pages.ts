/** The pages in the order of the navigation. */
export const PAGES = [
  { path: "/", name: "Overview" },
  { path: "/events", name: "Events" },
  { path: "/actions", name: "Actions" },
  { path: "/ask", name: "Ask" },
  { path: "/health", name: "Health" },
  { path: "/permissions", name: "Permissions" },
  { path: "/law", name: "Law" },
  { path: "/costs", name: "Costs" },
  { path: "/parity", name: "Parity" },
] as const;

/** The pages this console has: what the embedded server can do is of no concern elsewhere. */
export const pagesOf = (isEmbedded: boolean) => PAGES.filter(({ path }) => isEmbedded || path !== "/parity");
