import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldObject, fieldText, topText } from '../azure/fields'
import { signInOutcome } from '../azure/signInCodes'
import { textFolded } from '../shared/folded'

type OutcomeColumns = Pick<AccessEventRow, 'outcome' | 'outcome_code' | 'outcome_reason'>

/** Words that stand in the place of a code: in portals, and in exports that were prepared by hand. */
const words: ReadonlyMap<string, Outcome> = new Map([
  ['success', 'success'],
  ['failure', 'failed'],
  ['failed', 'failed'],
  ['interrupted', 'interrupted'],
])

/** The result code decides; a word only where there is none. Where the two places disagree, the nested one is finer. */
export function outcomeColumns(fields: Fields): OutcomeColumns {
  const status = fieldObject(fields, 'status')
  const nested = codeIn(textFolded(status, 'errorCode'))
  const top = topText(fields, 'resulttype', 'errorcode')
  const code = nested ?? codeIn(top)
  const reason =
    stated(textFolded(status, 'failureReason')) ??
    stated(topText(fields, 'resultdescription')) ??
    stated(textFolded(status, 'additionalDetails'))
  if (code !== undefined) {
    const outcome = signInOutcome(code, reason)
    return { outcome, outcome_code: code, outcome_reason: outcome === 'success' ? undefined : reason }
  }
  const word = top ?? fieldText(fields, 'resultword') ?? fieldText(fields, 'result')
  const outcome = words.get(word?.toLowerCase() ?? '') ?? 'unknown'
  return { outcome, outcome_code: word, outcome_reason: outcome === 'success' ? undefined : reason }
}

function codeIn(value: string | undefined): string | undefined {
  const code = value?.trim().replace(/^AADSTS/i, '')
  return code !== undefined && /^\d{1,10}$/.test(code) ? code : undefined
}

/** `Other.` and `None` are what the portal prints where nothing is known. */
function stated(reason: string | undefined): string | undefined {
  return reason === undefined || /^(?:other\.?|none|null)$/i.test(reason.trim()) ? undefined : reason
}
