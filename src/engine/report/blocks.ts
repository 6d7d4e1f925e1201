/**
 * The vocabulary in which sections speak and which both printed forms understand. Strings are true text; what makes
 * them inert (see `inert`) happens once, when a document is prepared for printing.
 */

export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'muted'

export interface Value {
  readonly label: string
  readonly value: string
  readonly mono?: boolean
}

export interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
  readonly mono?: boolean
  /** Times and numbers, which read badly over two lines. */
  readonly nowrap?: boolean
  /** Share of the width; 0 takes what the content needs. */
  readonly width: number
}

export interface NoteCard {
  readonly kind: 'note'
  readonly author: string
  readonly time: string
  readonly text: string
  readonly tags: readonly string[]
  /** What the note stands on, where the card does not show it by its place. */
  readonly target?: string
}

export interface LinkCard {
  readonly level: string
  readonly title: string
  readonly detail: string
  readonly evidence: readonly string[]
}

export interface EventCard {
  readonly kind: 'event'
  /** Short enough to stand on one page undivided. */
  readonly whole: boolean
  readonly number: number
  readonly time: string
  readonly headline: string
  readonly outcome: string
  readonly tone: Tone
  readonly values: readonly Value[]
  readonly notes: readonly NoteCard[]
  readonly links: readonly LinkCard[]
  readonly linksMore: string | null
  readonly trace: readonly Value[]
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone?: Tone }
  | { readonly kind: 'tiles'; readonly items: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'facts'; readonly items: readonly Value[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly string[])[]
      /** A line below each row over the whole width: a hash, say, and words at its end; null for none. */
      readonly below?: readonly ({ readonly code: string; readonly words: string } | null)[]
      /** What the table leaves out, with counts. */
      readonly note: string | null
    }
  | {
      readonly kind: 'figure'
      readonly id: string
      readonly svg: string
      readonly caption: string
      readonly alt: string
    }
  | NoteCard
  | EventCard
  | { readonly kind: 'code'; readonly text: string; readonly note: string | null }

export interface PrintedSection {
  readonly id: string
  readonly title: string
  readonly blocks: readonly Block[]
}

/** A whole report before it is set: the cover and the sections that have something to say. */
export interface ReportDocument {
  readonly title: string
  readonly cover: {
    readonly kind: string
    readonly facts: readonly Value[]
    readonly tiles: readonly { readonly label: string; readonly value: string }[]
    readonly digest: string
  }
  /** Left part of the page header. */
  readonly running: string
  readonly caseId: string
  readonly digest: string
  readonly at: string
  readonly sections: readonly PrintedSection[]
}
