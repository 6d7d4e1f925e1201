import { type SqlToken, scanSql } from './sqlScan'

/** What a statement does to the role whose rights the session uses. */
type RoleChange =
  | { readonly kind: 'set'; readonly role: string; readonly local: boolean }
  | { readonly kind: 'reset' }
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback' }

/**
 * Reads SET [SESSION|LOCAL] ROLE, SET [SESSION|LOCAL] SESSION AUTHORIZATION, RESET ROLE, RESET SESSION AUTHORIZATION,
 * DISCARD ALL and the commands that bound a transaction; every other statement gives undefined.
 */
export function roleChange(sql: string): RoleChange | undefined {
  const words = firstWords(sql, 7)
  const keyword = (index: number) => (words[index]?.quoted === false ? words[index].text.toLowerCase() : '')
  switch (keyword(0)) {
    case 'begin':
    case 'start':
      return { kind: 'begin' }
    case 'commit':
    case 'end':
      return { kind: 'commit' }
    case 'abort':
      return { kind: 'rollback' }
    case 'rollback':
      return words.some((_, index) => keyword(index) === 'to' || keyword(index) === 'prepared')
        ? undefined
        : { kind: 'rollback' }
    case 'reset':
      if (keyword(1) === 'role' || (keyword(1) === 'session' && keyword(2) === 'authorization'))
        return { kind: 'reset' }
      return undefined
    case 'discard':
      return keyword(1) === 'all' ? { kind: 'reset' } : undefined
    case 'set':
      return setRole(words, keyword)
    default:
      return undefined
  }
}

interface Word {
  readonly text: string
  readonly quoted: boolean
}

function setRole(words: readonly Word[], keyword: (index: number) => string): RoleChange | undefined {
  let index = 1
  const local = keyword(index) === 'local'
  if (local || (keyword(index) === 'session' && keyword(index + 1) !== 'authorization')) index++
  if (keyword(index) === 'role') index++
  else if (keyword(index) === 'session' && keyword(index + 1) === 'authorization') index += 2
  else return undefined
  if (keyword(index) === 'to' || words[index]?.text === '=') index++
  const name = words[index]
  if (name === undefined) return undefined
  if (!name.quoted && ['none', 'default'].includes(name.text.toLowerCase())) return { kind: 'reset' }
  return { kind: 'set', role: name.quoted ? name.text : name.text.toLowerCase(), local }
}

function firstWords(sql: string, limit: number): readonly Word[] {
  const words: Word[] = []
  for (const token of scanSql(sql)) {
    if (token.kind === 'comment') continue
    if (words.length === limit || sql.charAt(token.start) === ';') break
    words.push(wordOf(sql, token))
  }
  return words
}

function wordOf(sql: string, token: SqlToken): Word {
  const text = sql.slice(token.start, token.end)
  if (token.kind === 'quoted') return { text: text.slice(1, -1).replaceAll('""', '"'), quoted: true }
  if (token.kind === 'string') return { text: text.replace(/^[^']*'|'$/g, '').replaceAll("''", "'"), quoted: true }
  return { text, quoted: false }
}
