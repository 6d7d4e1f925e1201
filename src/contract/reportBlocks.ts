/**
 * The vocabulary in which sections of a report speak, and which both printed forms and the preview understand. Strings
 * are true text; what makes them inert happens once, when a document is prepared for printing.
 */
import { z } from 'zod'

const list = <T extends z.ZodType>(item: T) => z.array(item).readonly()

export const Tone = z.enum(['plain', 'good', 'bad', 'warn', 'muted'])
export type Tone = z.infer<typeof Tone>

const Value = z.strictObject({ label: z.string(), value: z.string(), mono: z.boolean().optional() }).readonly()
export type Value = z.infer<typeof Value>

const Column = z
  .strictObject({
    title: z.string(),
    align: z.enum(['left', 'right']),
    mono: z.boolean().optional(),
    /** Times and numbers, which read badly over two lines. */
    nowrap: z.boolean().optional(),
    /** Share of the width; 0 takes what the content needs. */
    width: z.number(),
  })
  .readonly()
export type Column = z.infer<typeof Column>

const NoteCard = z
  .strictObject({
    kind: z.literal('note'),
    author: z.string(),
    time: z.string(),
    text: z.string(),
    tags: list(z.string()),
    /** What the note stands on, where the card does not show it by its place. */
    target: z.string().optional(),
  })
  .readonly()
export type NoteCard = z.infer<typeof NoteCard>

const LinkCard = z
  .strictObject({ level: z.string(), title: z.string(), detail: z.string(), evidence: list(z.string()) })
  .readonly()
export type LinkCard = z.infer<typeof LinkCard>

const EventCard = z
  .strictObject({
    kind: z.literal('event'),
    /** Short enough to stand on one page undivided. */
    whole: z.boolean(),
    number: z.int(),
    time: z.string(),
    headline: z.string(),
    outcome: z.string(),
    tone: Tone,
    values: list(Value),
    notes: list(NoteCard),
    links: list(LinkCard),
    linksTitle: z.string(),
    linksMore: z.string().nullable(),
    trace: list(Value),
    traceTitle: z.string(),
  })
  .readonly()
export type EventCard = z.infer<typeof EventCard>

const PathStop = z
  .strictObject({
    label: z.string(),
    time: z.string(),
    title: z.string(),
    text: z.string(),
    tone: Tone,
  })
  .readonly()
export type PathStop = z.infer<typeof PathStop>

const Tiles = list(z.strictObject({ label: z.string(), value: z.string() }).readonly())

export const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), text: z.string() }).readonly(),
  z.strictObject({ kind: z.literal('paragraph'), text: z.string(), tone: Tone.optional() }).readonly(),
  /** Words of the analyst in a story: with what they mark and when, where that is said. */
  z
    .strictObject({
      kind: z.literal('moment'),
      label: z.string(),
      time: z.string(),
      text: z.string(),
      /** What follows belongs to it. */
      ties: z.boolean(),
    })
    .readonly(),
  z.strictObject({ kind: z.literal('list'), items: list(z.string()) }).readonly(),
  z.strictObject({ kind: z.literal('tiles'), items: Tiles }).readonly(),
  z
    .strictObject({
      kind: z.literal('facts'),
      items: list(Value),
      /** In running lines: many short values. */
      dense: z.boolean().optional(),
    })
    .readonly(),
  z
    .strictObject({
      kind: z.literal('table'),
      columns: list(Column),
      rows: list(list(z.string())),
      /** A line below each row over the whole width: a hash, say, and words at its end; null for none. */
      below: list(z.strictObject({ code: z.string(), words: z.string() }).readonly().nullable()).optional(),
      /** What the table leaves out, with counts. */
      note: z.string().nullable(),
    })
    .readonly(),
  z
    .strictObject({
      kind: z.literal('figure'),
      id: z.string(),
      svg: z.string(),
      caption: z.string(),
      alt: z.string(),
    })
    .readonly(),
  /** Stops in order, drawn on one line. */
  z.strictObject({ kind: z.literal('path'), stops: list(PathStop) }).readonly(),
  NoteCard,
  EventCard,
  z.strictObject({ kind: z.literal('code'), text: z.string(), note: z.string().nullable() }).readonly(),
])
export type Block = z.infer<typeof Block>

const PrintedSection = z.strictObject({ id: z.string(), title: z.string(), blocks: list(Block) }).readonly()
export type PrintedSection = z.infer<typeof PrintedSection>

/** A whole report before it is set: the cover and the sections that have something to say. */
export const ReportDocument = z
  .strictObject({
    title: z.string(),
    language: z.string(),
    paper: z.string(),
    /** What the forms themselves print, in the language of the report. */
    words: z.record(z.string(), z.string()).readonly(),
    cover: z
      .strictObject({
        kind: z.string(),
        classification: z.string(),
        /** A picture that was checked when it came, in base64. */
        logo: z
          .strictObject({ kind: z.enum(['png', 'svg']), data: z.string(), alt: z.string() })
          .readonly()
          .nullable(),
        facts: list(Value),
        tiles: Tiles,
        digest: z.string(),
      })
      .readonly(),
    /** Left part of the page header. */
    running: z.string(),
    caseId: z.string(),
    digest: z.string(),
    at: z.string(),
    sections: list(PrintedSection),
  })
  .readonly()
export type ReportDocument = z.infer<typeof ReportDocument>
