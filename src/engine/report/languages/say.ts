/** Headings, labels and sentences of the report itself in the language that was asked for. English is the key. */
import type { Language } from '../../../contract/report'
import { german } from './german'
import { japanese } from './japanese'
import { labels } from './labels'

export type Phrase = keyof typeof german
export type Table = Readonly<Record<Phrase, string>>

export type Say = (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string

const tables: Readonly<Record<Language, Table | undefined>> = { en: undefined, de: german, ja: japanese }

/** `{name}` in a phrase stands for the value of that name; what a value holds is never looked into. */
export function sayIn(language: Language): Say {
  const table = tables[language]
  return (phrase, values = {}) =>
    (table?.[phrase] ?? phrase).replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : whole,
    )
}

/** A label or word that comes with the model: said in the language where it is known there, else as it is. */
export function labelIn(language: Language): (text: string) => string {
  if (language === 'en') return (text) => text
  const place = language === 'de' ? 0 : 1
  const phrases: Readonly<Record<string, string>> = tables[language] ?? {}
  return (text) => {
    if (Object.hasOwn(labels, text)) return labels[text]?.[place] ?? text
    return Object.hasOwn(phrases, text) ? (phrases[text] ?? text) : text
  }
}
