import { randomUUID } from 'node:crypto'
import { AppError } from '../../common/errors'
import { orderByTime } from '../../common/storyOrder'
import type { Client } from '../../contract'
import { affectedKinds, type Incident, incidentStates, type StoryItem, storyMarks } from '../../contract/incidents'
import { severities } from '../../contract/work'
import { storyTimes } from '../../engine/work/story'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import { evidenceOf, given, oneOf, targetsOf, wordAt } from '../targets'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', verb = ''] = input.positionals
  await withCase(
    path,
    async ({ client }) => {
      const say = (id: string) => (input.json ? printJson({ id }) : printLines([id]))
      if (verb === 'add') {
        const title = input.text('title')
        if (title === undefined) throw new AppError('usage', '--title names the incident.')
        return say((await client.call('incidents.add', { ...fieldsOf(input), title })).id)
      }
      if (verb === 'list') {
        const all = await client.call('incidents.list', {})
        if (input.json) return printJson(all)
        return printLines(table(all.map((item) => [item.id, item.severity, item.state, item.story.length, item.title])))
      }
      const incident = await incidentOf(client, wordAt(input, 2, 'the incident by its id'))
      const change = (fields: Partial<Pick<Incident, 'story' | 'affected'>>) =>
        client.call('incidents.update', { id: incident.id, change: fields })
      switch (verb) {
        case 'edit':
          await client.call('incidents.update', { id: incident.id, change: fieldsOf(input) })
          return say(incident.id)
        case 'delete':
          await client.call('incidents.delete', { id: incident.id })
          return say(incident.id)
        case 'tell': {
          const items = storyItems(input)
          await change({ story: [...incident.story, ...items] })
          return input.json ? printJson({ items: items.map(({ id }) => id) }) : printLines(items.map(({ id }) => id))
        }
        case 'move':
          await change({
            story: moved(
              incident.story,
              wordAt(input, 3, 'the item'),
              Number(wordAt(input, 4, 'its place, counted from 1')),
            ),
          })
          return say(incident.id)
        case 'drop':
          await change({ story: incident.story.filter(({ id }) => id !== wordAt(input, 3, 'the item')) })
          return say(incident.id)
        case 'sort':
          await change({ story: orderByTime(incident.story, await storyTimes(client, incident.story)) })
          return say(incident.id)
        case 'affected':
          await change({ affected: [...incident.affected, ...affectedOf(input)] })
          return say(incident.id)
        case 'show': {
          const reach = await client.call('incidents.reach', { id: incident.id })
          if (input.json) return printJson({ ...incident, reach })
          return printLines([
            incident.title,
            `${incident.severity}, ${incident.state}`,
            ...[incident.summary, incident.impact, incident.scope].filter((text) => text !== ''),
            ...incident.story.map(
              ({ id, about, text, mark, at }) =>
                `- ${id} ${mark ?? ''} ${at ?? ''} ${about === null ? '' : JSON.stringify(about)} ${text}`,
            ),
            ...reach.map(({ kind, id, events, denied }) => `${kind} ${id}: ${events} events, ${denied} denied`),
          ])
        }
        default:
          throw new AppError('usage', 'See incident --help for what can be done with one.')
      }
    },
    { actor: input.text('actor') },
  )
}

async function incidentOf(client: Client, id: string): Promise<Incident> {
  const found = (await client.call('incidents.list', {})).find((incident) => incident.id === id)
  if (found === undefined) throw new AppError('not-found', 'There is no such incident.')
  return found
}

function fieldsOf(input: CommandInput) {
  return given({
    title: input.text('title'),
    summary: input.text('summary'),
    impact: input.text('impact'),
    scope: input.text('scope'),
    severity: oneOf(input, 'severity', severities),
    state: oneOf(input, 'state', incidentStates),
  })
}

function storyItems(input: CommandInput): StoryItem[] {
  const text = input.text('text') ?? ''
  const mark = oneOf(input, 'mark', storyMarks) ?? null
  const at = input.text('time') ?? null
  const abouts = [
    ...evidenceOf(input).map(({ about }) => about),
    ...input.texts('finding').map((id) => ({ kind: 'finding', id }) as const),
  ]
  if (abouts.length === 0 && text === '') throw new AppError('usage', 'Say what to tell: --text, or what it is about.')
  return (abouts.length === 0 ? [null] : abouts).map((about) => ({ id: randomUUID(), about, text, mark, at }))
}

function moved(story: readonly StoryItem[], id: string, place: number): StoryItem[] {
  const item = story.find((one) => one.id === id)
  if (item === undefined) throw new AppError('not-found', 'The story has no such item.')
  if (!Number.isSafeInteger(place) || place < 1) throw new AppError('usage', 'A place is counted from 1.')
  const rest = story.filter((one) => one.id !== id)
  return [...rest.slice(0, place - 1), item, ...rest.slice(place - 1)]
}

function affectedOf(input: CommandInput): Incident['affected'] {
  return targetsOf(input).map(({ kind, id }) => {
    const known = affectedKinds.find((one) => one === kind)
    if (known === undefined) throw new AppError('usage', `What is affected is one of ${affectedKinds.join(', ')}.`)
    return { kind: known, id, text: input.text('text') ?? '' }
  })
}
