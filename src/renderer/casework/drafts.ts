/** The drafts of one window, one per document, from the first edit until the window closes. */
import { useEffect } from 'react'
import type { z } from 'zod'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Client } from '../../contract'
import {
  type Finding,
  FindingChange,
  type Hypothesis,
  HypothesisChange,
  type Task,
  TaskChange,
} from '../../contract/findings'
import { type Incident, IncidentChange, type Indicator, IndicatorChange } from '../../contract/incidents'
import { readStored, type TextStorage } from '../state/persisted'
import { type ChangeOf, createDocumentDraft, type DocumentDraft, draftKey } from './documentDraft'

export interface Keeper<T extends { readonly id: string }> {
  of(document: T): StoreApi<DocumentDraft<T>>
  /** Takes up what was typed before a reload, also of documents that are not open. */
  resume(documents: readonly T[]): void
}

export interface Drafts {
  readonly findings: Keeper<Finding>
  readonly hypotheses: Keeper<Hypothesis>
  readonly tasks: Keeper<Task>
  readonly incidents: Keeper<Incident>
  readonly indicators: Keeper<Indicator>
}

export function createDrafts(client: Client, storage: TextStorage | undefined): Drafts {
  function keeper<T extends { readonly id: string }>(
    kind: string,
    schema: z.ZodType<ChangeOf<T>>,
    write: (id: string, change: ChangeOf<T>) => Promise<T>,
    refuse: (change: ChangeOf<T>) => string | null = () => null,
  ): Keeper<T> {
    const drafts = new Map<string, StoreApi<DocumentDraft<T>>>()
    const storageKey = (id: string) => `${kind}.${id}`
    const of = (document: T) => {
      const known = drafts.get(document.id)
      if (known !== undefined) return known
      const draft = createDocumentDraft({
        initial: document,
        storageKey: storageKey(document.id),
        storage,
        write: (change) => write(document.id, change),
        readChange: (stored) => schema.safeParse(stored).data ?? null,
        refuse,
      })
      drafts.set(document.id, draft)
      return draft
    }
    return {
      of,
      resume: (documents) => {
        for (const document of documents) if (hasStored(storage, draftKey(storageKey(document.id)))) of(document)
      },
    }
  }
  const named = (text: string | undefined, what: string) =>
    text !== undefined && text.trim() === '' ? `Not saved: ${what} is needed.` : null
  return {
    findings: keeper<Finding>(
      'finding',
      FindingChange,
      (id, change) => client.call('findings.update', { id, change }),
      ({ title }) => named(title, 'a title'),
    ),
    hypotheses: keeper<Hypothesis>(
      'hypothesis',
      HypothesisChange,
      (id, change) => client.call('hypotheses.update', { id, change }),
      ({ statement }) => named(statement, 'a statement'),
    ),
    tasks: keeper<Task>(
      'task',
      TaskChange,
      (id, change) => client.call('tasks.update', { id, change }),
      ({ title }) => named(title, 'a title'),
    ),
    incidents: keeper<Incident>(
      'incident',
      IncidentChange,
      (id, change) => client.call('incidents.update', { id, change }),
      ({ title }) => named(title, 'a title'),
    ),
    indicators: keeper<Indicator>('indicator', IndicatorChange, (id, { status, verdict, text }) =>
      client.call('indicators.update', { id, change: { status, verdict, text } }),
    ),
  }
}

/** The draft of a document, kept up with what the engine says. */
export function useDraft<T extends { readonly id: string }>(keeper: Keeper<T>, document: T): DocumentDraft<T> {
  const draft = keeper.of(document)
  useEffect(() => draft.getState().receive(document), [draft, document])
  // Leaving the editor does not wait for the pause.
  useEffect(() => () => void draft.getState().save(), [draft])
  return useStore(draft)
}

/** What was typed into any of the documents before a reload is saved as soon as they are listed. */
export function useResumedDrafts<T extends { readonly id: string }>(keeper: Keeper<T>, documents: readonly T[]): void {
  useEffect(() => keeper.resume(documents), [keeper, documents])
}

function hasStored(storage: TextStorage | undefined, key: string): boolean {
  return readStored(storage, key, (value) => value !== undefined && value !== null)
}
