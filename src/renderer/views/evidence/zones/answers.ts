/** What is chosen in the dialog about zones, and what follows from it. */
import type { ZoneQuestions } from '../../../../contract/zones'
import type { ZoneAnswers } from '../../../state/zoneAsk'

/** One question: a key of its own, the zones to propose, and what was chosen. `open`: nobody knows. */
export interface ZoneChoice {
  readonly kind: 'proposed' | 'other' | 'open'
  readonly zone: string
}

export const unzonedKey = (format: string): string => `format ${format}`
export const nameKey = (name: string): string => `name ${name}`

/**
 * What the dialog begins with: the earlier answer; UTC for times without a zone; for an abbreviation only a reading
 * that is the zone of this machine, since a wrong guess moves every time.
 */
export function firstChoices(
  { unzoned, abbreviations }: ZoneQuestions,
  local: string,
): ReadonlyMap<string, ZoneChoice> {
  const choices = new Map<string, ZoneChoice>()
  const take = (key: string, earlier: string | null, proposed: readonly string[], fallback: string | undefined) => {
    const zone = earlier ?? fallback
    if (zone !== undefined) choices.set(key, { kind: proposed.includes(zone) ? 'proposed' : 'other', zone })
  }
  for (const { format, earlier } of unzoned) take(unzonedKey(format), earlier, proposedZones(local), 'UTC')
  for (const { name, earlier, readings } of abbreviations) {
    const zones = readings.map(({ zone }) => zone)
    take(nameKey(name), earlier, zones, zones.includes(local) ? local : undefined)
  }
  return choices
}

/** UTC and the zone of this machine. */
export const proposedZones = (local: string): readonly string[] => [...new Set(['UTC', local])]

/** Undefined while something is not answered yet. */
export function answersOf(
  { unzoned, abbreviations }: ZoneQuestions,
  choices: ReadonlyMap<string, ZoneChoice>,
): ZoneAnswers | undefined {
  const formatZones: Record<string, string> = {}
  const zoneNames: Record<string, string> = {}
  const keys = [
    ...unzoned.map(({ format }) => ({ key: unzonedKey(format), name: format, into: formatZones })),
    ...abbreviations.map(({ name }) => ({ key: nameKey(name), name, into: zoneNames })),
  ]
  for (const { key, name, into } of keys) {
    const choice = choices.get(key)
    if (choice === undefined || (choice.kind !== 'open' && choice.zone.trim() === '')) return undefined
    if (choice.kind !== 'open') into[name] = choice.zone.trim()
  }
  return { formatZones, zoneNames }
}

/** The answers of earlier imports, where they say everything that is asked now. */
export function earlierAnswersOf(questions: ZoneQuestions): ZoneAnswers | undefined {
  const choices = new Map<string, ZoneChoice>()
  for (const { format, earlier } of questions.unzoned)
    if (earlier !== null) choices.set(unzonedKey(format), { kind: 'other', zone: earlier })
  for (const { name, earlier } of questions.abbreviations)
    if (earlier !== null) choices.set(nameKey(name), { kind: 'other', zone: earlier })
  return answersOf(questions, choices)
}

/** Earlier answers that are used again, in a sentence. */
export function sayEarlier({ unzoned, abbreviations }: ZoneQuestions): string {
  const parts = [
    ...unzoned.map(({ title, earlier }) => `times of ${title} that name no zone in ${earlier}`),
    ...abbreviations.map(({ name, earlier }) => `${name} as ${earlier}`),
  ]
  return `Read as you said earlier in this case: ${parts.join('; ')}.`
}
