/**
 * The names by which the body of a policy knows an argument: its own and, unlike that of a function, the same in upper case, where no
 * other argument is called so. Source: "create: multiline expression" of masking policies in the Terraform provider's tests, whose
 * arguments are all quoted.
 */
export function spellings(name: string, args: readonly { name: string }[]): string[] {
  const upper = name.toUpperCase();
  return upper === name || args.some((other) => other.name === upper) ? [name] : [name, upper];
}
