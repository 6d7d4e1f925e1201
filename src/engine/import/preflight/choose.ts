/** Which of many files to look into: the first of each kind of name, then the second of each, and so on. */
export function chooseFiles<T extends { readonly name: string }>(files: readonly T[], most: number): readonly T[] {
  if (files.length <= most) return files
  const kinds = new Map<string, T[]>()
  for (const file of files) {
    const kind = kindOf(file.name)
    const known = kinds.get(kind)
    if (known === undefined) kinds.set(kind, [file])
    else known.push(file)
  }
  const chosen: T[] = []
  for (let round = 0; chosen.length < most; round++) {
    for (const ofKind of kinds.values()) {
      const file = ofKind[round]
      if (file !== undefined && chosen.length < most) chosen.push(file)
    }
  }
  return chosen
}

/** Names that differ in numbers and identifiers only are of one kind. */
function kindOf(name: string): string {
  return name.replace(/[0-9a-f]{8,}|\d+/gi, '#')
}
