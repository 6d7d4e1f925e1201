/** The order of a story by time. An item without a time stays behind the one before it. */
export function orderByTime<T extends { readonly id: string }>(
  story: readonly T[],
  times: ReadonlyMap<string, bigint>,
): T[] {
  let last: bigint | undefined
  const placed = story.map((item, index) => {
    last = times.get(item.id) ?? last
    return { item, index, us: last }
  })
  return placed
    .sort((a, b) => {
      if (a.us === b.us) return a.index - b.index
      if (a.us === undefined || b.us === undefined) return a.us === undefined ? -1 : 1
      return a.us < b.us ? -1 : 1
    })
    .map(({ item }) => item)
}
