/**
 * Branded ids. Event ids are 64-bit numbers derived from (file SHA-256, member, record, row); on the wire and in
 * JSON they travel as decimal text, since they can pass 2^53.
 */
declare const brand: unique symbol
export type Branded<T, B extends string> = T & { readonly [brand]: B }

export type EventId = Branded<string, 'EventId'>
export type TraceId = Branded<string, 'TraceId'>
export type SpanId = Branded<string, 'SpanId'>
export type NoteId = Branded<string, 'NoteId'>
/** A handle that a host gives out for a file or folder; the engine resolves it. File paths never travel. */
export type SourceRef = Branded<string, 'SourceRef'>
