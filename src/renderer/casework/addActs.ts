/** Adds what is selected, or the filter, to the finding or the incident that is being written; from any view, by a key. */
import { formatInstant } from '../../common/time'
import type { Finding } from '../../contract/findings'
import type { Affected, Incident, StoryItem } from '../../contract/incidents'
import type { About, EvidenceItem } from '../../contract/work'
import { withTerm } from '../state/filterText'
import type { ScopeSnapshot } from '../state/scopeTree'
import type { Workbench } from '../state/workbench'
import { shortenMiddle, visibleText } from '../text/marks'
import { plural } from '../text/numbers'
import { sayError } from '../ui/runTask'
import { sayLatest } from './markActs'
import { selectedTargets, targetKey } from './targets'

/** What is selected, as things to point to; empty where nothing is. */
export function selectedAbouts({ selection }: Workbench): readonly About[] {
  return selectedTargets(selection.getState()).map((target) => ({ kind: 'record', target }))
}

/** Filter and time window as one filter, so that it asks the same wherever it is opened. */
export function scopeFilter({ filter, window }: ScopeSnapshot): string {
  if (window === null) return filter
  const time = (us: number) => `"${formatInstant(BigInt(us), 'us')}"`
  return withTerm(filter, `ts:[${time(window.fromUs)} TO ${time(window.toUs)}}`)
}

export function scopeAbout({ scope }: Workbench): About {
  return { kind: 'query', where: scopeFilter(scope.getState()) }
}

/** The finding that is being written: the one picked last, else the newest, else a new one. */
async function currentFinding({ client, casework }: Workbench): Promise<Finding> {
  const all = await client.call('findings.list', {})
  const picked = all.find(({ id }) => id === casework.getState().findingId)
  const newest = [...all].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))[0]
  const finding = picked ?? newest ?? (await client.call('findings.add', { title: 'New finding' }))
  casework.getState().pickFinding(finding.id)
  return finding
}

async function currentIncident({ client, casework }: Workbench): Promise<Incident> {
  const all = await client.call('incidents.list', {})
  const picked = all.find(({ id }) => id === casework.getState().incidentId)
  const incident = picked ?? all.at(-1) ?? (await client.call('incidents.add', { title: 'New incident' }))
  casework.getState().pickIncident(incident.id)
  return incident
}

export async function addToFinding(workbench: Workbench, abouts: readonly About[]): Promise<void> {
  const { drafts, tasks, layout } = workbench
  if (abouts.length === 0) return sayNothingSelected(workbench)
  try {
    const finding = await currentFinding(workbench)
    const draft = drafts.findings.of(finding)
    const { evidence } = draft.getState().value
    const items = notYet(abouts, evidence).map((about): EvidenceItem => ({ about, text: '' }))
    const title = quoted(draft.getState().value.title)
    if (items.length === 0) {
      tasks.getState().say({ intent: 'none', text: `This is evidence of ${title} already.` })
      return
    }
    draft.getState().edit({ evidence: [...evidence, ...items] })
    if (!(await draft.getState().save())) throw new Error(draft.getState().problem ?? 'The finding could not be saved.')
    sayLatest(tasks, {
      intent: 'success',
      text: `${plural(items.length, 'piece')} of evidence added to ${title}.`,
      action: { label: 'Open', run: () => layout.getState().showView('findings') },
    })
  } catch (error) {
    sayError(tasks, error)
  }
}

export async function addToIncident(workbench: Workbench, abouts: readonly About[]): Promise<void> {
  const { drafts, tasks, layout } = workbench
  if (abouts.length === 0) return sayNothingSelected(workbench)
  try {
    const incident = await currentIncident(workbench)
    const draft = drafts.incidents.of(incident)
    const { story } = draft.getState().value
    const items = notYet(abouts, story).map(storyItem)
    const title = quoted(draft.getState().value.title)
    if (items.length === 0) {
      tasks.getState().say({ intent: 'none', text: `This is in the story of ${title} already.` })
      return
    }
    draft.getState().edit({ story: [...story, ...items] })
    if (!(await draft.getState().save()))
      throw new Error(draft.getState().problem ?? 'The incident could not be saved.')
    sayLatest(tasks, {
      intent: 'success',
      text: `${plural(items.length, 'step')} added to the story of ${title}.`,
      action: { label: 'Open', run: () => layout.getState().showView('incident') },
    })
  } catch (error) {
    sayError(tasks, error)
  }
}

export function storyItem(about: About | null): StoryItem {
  return { id: crypto.randomUUID(), about, text: '', mark: null, at: null }
}

const MOST_EVENTS = 200

/** Who acted, on what and from where, in the first of the events. */
export async function affectedOf({ client }: Workbench, eventIds: readonly string[]): Promise<readonly Affected[]> {
  const found = new Map<string, Affected>()
  for (const eventId of eventIds.slice(0, MOST_EVENTS)) {
    const { event } = await client.call('events.get', { eventId })
    const take = (kind: Affected['kind'], value: unknown) => {
      if (typeof value === 'string' && value !== '') found.set(`${kind} ${value}`, { kind, id: value, text: '' })
    }
    take('actor', event.actor_key)
    take('resource', event.resource_key)
    take('address', event.src_ip)
  }
  return [...found.values()]
}

function notYet(abouts: readonly About[], items: readonly { readonly about: About | null }[]): readonly About[] {
  const there = new Set(items.map(({ about }) => (about === null ? '' : aboutKey(about))))
  return abouts.filter((about) => !there.has(aboutKey(about)))
}

export function aboutKey(about: About): string {
  switch (about.kind) {
    case 'record':
      return targetKey(about.target)
    case 'query':
      return `query ${about.where}`
    case 'figure':
      return `${about.figure} ${about.where}`
    case 'finding':
      return `finding ${about.id}`
  }
}

function sayNothingSelected({ tasks }: Workbench): void {
  tasks.getState().say({ intent: 'none', text: 'Select an event, a span, a trace or a node first.' })
}

function quoted(title: string): string {
  return `“${visibleText(shortenMiddle(title, 60))}”`
}
