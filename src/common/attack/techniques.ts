/** ATT&CK techniques by id: what is current, what an old id became, and looking one up by words. */
import { replacedBy } from './oldTechniques'
import { techniqueTable } from './techniqueTable'

export interface Technique {
  readonly id: string
  /** Of a technique below another one: both names, as in “Brute Force: Password Spraying”. */
  readonly name: string
}

/** Every current technique, in the order of the ids. */
export const techniques: readonly Technique[] = techniqueTable
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [head = '', ...below] = line.split('|')
    const id = head.slice(0, 5)
    const name = head.slice(6)
    return [
      { id, name },
      ...below.map((item) => ({ id: `${id}.${item.slice(0, 3)}`, name: `${name}: ${item.slice(4)}` })),
    ]
  })

const byId: ReadonlyMap<string, Technique> = new Map(techniques.map((technique) => [technique.id, technique]))

/**
 * The current technique for an id as people write it (`t1078.004`, `attack.t1086`), also where the id was taken back
 * since; undefined where there is none.
 */
export function findTechnique(text: string): Technique | undefined {
  const id = text
    .trim()
    .toUpperCase()
    .replace(/^ATTACK\./, '')
  return byId.get(replacedBy.get(id) ?? id)
}

/** Techniques whose id begins with the text or whose name has all of its words, at most `limit`. */
export function searchTechniques(text: string, limit = 20): Technique[] {
  const exact = findTechnique(text)
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const found = techniques.filter(({ id, name }) => {
    const both = `${id} ${name}`.toLowerCase()
    return words.every((word) => both.includes(word))
  })
  return [...new Set(exact === undefined ? found : [exact, ...found])].slice(0, limit)
}
