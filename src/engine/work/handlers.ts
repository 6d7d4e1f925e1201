import { AppError } from '../../common/errors'
import type { Handlers } from '../../contract'
import { severities, type WorkKind } from '../../contract/work'
import { record } from '../case/open'
import type { EngineContext } from '../context'
import { markId, type WorkItem } from './acts'
import { currentTechniques, wellFormed } from './clean'
import { checkTargets, describe } from './describe'
import { documents } from './documents'
import { extractIndicators, indicatorValue, sightings } from './indicators'
import { reachOf } from './reach'
import { toFinding, toHypothesis, toIncident, toIndicator, toMark, toTask } from './tables'
import { workOf } from './workIndex'

type WorkHandlers = Pick<
  Handlers,
  | `marks.${'set' | 'list'}`
  | `work.${'undo' | 'redo' | 'history' | 'search' | 'describe'}`
  | `${'findings' | 'hypotheses' | 'tasks' | 'incidents' | 'indicators'}.${'add' | 'update' | 'delete' | 'list'}`
  | 'incidents.reach'
  | 'indicators.extract'
  | 'indicators.sightings'
>

/** The gravest first. */
export function byGravity(
  a: { readonly severity: (typeof severities)[number] },
  b: { readonly severity: (typeof severities)[number] },
) {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity)
}

export function workHandlers(context: EngineContext): WorkHandlers {
  const index = () => workOf(context.session().journal.records())
  const findings = documents(context, 'finding', toFinding)
  const hypotheses = documents(context, 'hypothesis', toHypothesis)
  const tasks = documents(context, 'task', toTask)
  const incidents = documents(context, 'incident', toIncident)
  const indicators = documents(context, 'indicator', toIndicator)
  const asking = (signal: AbortSignal) => ({ db: context.session().db, now: context.host.now(), signal })

  const takeBack = async (op: 'work.undo' | 'work.redo', seq?: number) => {
    const last = () => (op === 'work.undo' ? index().lastDone() : index().lastUndone())
    const act = seq === undefined ? last() : index().inForce(seq)
    if (act === undefined) return null
    await record(context.session(), op, { seq: act.seq, op: act.op })
    context.changed({ kind: 'notes' })
    return { seq: act.seq, op: act.op, at: act.at, actor: act.actor, items: index().itemsOf(act.seq) }
  }

  return {
    async 'marks.set'({ targets, change }) {
      const session = context.session()
      await checkTargets(session.db, targets)
      const { addTechniques, removeTechniques } = change
      await record(session, 'mark.set', {
        targets,
        change: wellFormed({
          ...change,
          ...(addTechniques === undefined ? {} : { addTechniques: currentTechniques(addTechniques) }),
          ...(removeTechniques === undefined ? {} : { removeTechniques: currentTechniques(removeTechniques) }),
        }),
      })
      context.changed({ kind: 'notes' })
      return { changed: new Set(targets.map(markId)).size }
    },
    async 'marks.list'({ target }) {
      if (target === undefined) return index().all('mark').map(toMark)
      const mark = index().get('mark', markId(target))
      return mark === undefined ? [] : [toMark(mark)]
    },
    'work.undo': ({ seq }) => takeBack('work.undo', seq),
    'work.redo': () => takeBack('work.redo'),
    async 'work.history'({ kind, id }) {
      return index()
        .history(kind, id)
        .map(({ record: { seq, at, actor, op, args }, undone }) => {
          return { seq, at, actor, op, undone, args: JSON.stringify(args) }
        })
    },
    async 'work.search'({ text, limit }) {
      const words = text.toLowerCase().split(/\s+/).filter(Boolean)
      const hits = index()
        .everything()
        .filter((item) => {
          const all = textOf(item).toLowerCase()
          return words.every((word) => all.includes(word))
        })
        .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0))
      return {
        hits: hits.slice(0, limit).map((item) => {
          const { kind, id, updatedAt } = item
          return { kind, id, title: titleOf(item), updatedAt }
        }),
        truncated: hits.length > limit,
      }
    },
    'work.describe': async ({ targets }, { signal }) => describe(context.session().db, targets, signal),

    'findings.add': (fields) => findings.add(fields),
    'findings.update': ({ id, change }) => findings.update(id, change),
    'findings.delete': async ({ id }) => findings.remove(id).then(() => ({})),
    'findings.list': async () => findings.list().sort(byGravity),
    'hypotheses.add': (fields) => hypotheses.add(fields),
    'hypotheses.update': ({ id, change }) => hypotheses.update(id, change),
    'hypotheses.delete': async ({ id }) => hypotheses.remove(id).then(() => ({})),
    'hypotheses.list': async () => hypotheses.list(),
    'tasks.add': (fields) => tasks.add(fields),
    'tasks.update': ({ id, change }) => tasks.update(id, change),
    'tasks.delete': async ({ id }) => tasks.remove(id).then(() => ({})),
    'tasks.list': async () => tasks.list().sort((a, b) => Number(a.status !== 'open') - Number(b.status !== 'open')),
    'incidents.add': (fields) => incidents.add(fields),
    'incidents.update': ({ id, change }) => incidents.update(id, change),
    'incidents.delete': async ({ id }) => incidents.remove(id).then(() => ({})),
    'incidents.list': async () => incidents.list(),
    'incidents.reach': async ({ id }, { signal }) => {
      const incident = incidents.list().find((one) => one.id === id)
      if (incident === undefined) throw new AppError('not-found', 'There is no such incident.')
      return reachOf(context.session().db, incident.affected, signal)
    },
    'indicators.add': async (fields) => {
      const value = indicatorValue(fields.kind, fields.value)
      if (indicators.list().some((one) => one.kind === fields.kind && one.value === value))
        throw new AppError('usage', 'This indicator is in the case already.')
      return indicators.add({ ...fields, value })
    },
    'indicators.update': ({ id, change }) => indicators.update(id, change),
    'indicators.delete': async ({ id }) => indicators.remove(id).then(() => ({})),
    'indicators.list': async () => indicators.list(),
    'indicators.extract': async ({ where, limit }, { signal }) => {
      const known = new Set(indicators.list().map(({ kind, value }) => `${kind} ${value}`))
      const found = await extractIndicators(asking(signal), where, limit)
      return found.map((one) => ({ ...one, known: known.has(`${one.kind} ${one.value}`) }))
    },
    'indicators.sightings': async ({ kind, value }, { signal }) =>
      sightings(context.session().db, kind, indicatorValue(kind, value), signal),
  }
}

/** Every text of an item, also that of what it points to. */
function textOf({ kind, author, fields }: WorkItem): string {
  const texts: string[] = [kind, author]
  const take = (value: unknown) => {
    if (typeof value === 'string') texts.push(value)
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) take(item)
  }
  take(fields)
  return texts.join('\n')
}

const titleFields: Readonly<Record<WorkKind, string>> = {
  note: 'text',
  mark: '',
  finding: 'title',
  incident: 'title',
  indicator: 'value',
  hypothesis: 'statement',
  task: 'title',
}

function titleOf(item: WorkItem): string {
  const field = titleFields[item.kind]
  const text = field === '' ? item.id : String(Object.hasOwn(item.fields, field) ? item.fields[field] : item.id)
  return text.length > 200 ? `${text.slice(0, 200).toWellFormed()}…` : text
}
