/** Closes a switch over a union: the compiler complains when a member is added and not handled. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${String(value)}`)
}
