/**
 * Ticket ids and stated reasons. Recognised in free text: issue keys (`OPS-1234`), service-desk numbers
 * (`INC0012345`, `CHG…`), and `#123` or a number right after a word that says ticket.
 */
const issueKey = /(?<![A-Za-z0-9_-])[A-Z][A-Z0-9]{1,9}-\d{1,7}(?![A-Za-z0-9_-])/g
const serviceDesk = /(?<![A-Za-z0-9_])(?:INC|CHG|REQ|RITM|PRB|SCTASK|TASK|CTASK|CS)\d{5,12}(?![A-Za-z0-9_])/g
const worded =
  /(?<![A-Za-z0-9_])(?:ticket|incident|change|case|request|issue|bug)(?: (?:no|nr|number|id))?\.?\s{0,3}[:#=]{0,2}\s{0,3}#?(\d{2,12})(?![A-Za-z0-9_-])/gi

/** Standards and versions that look like issue keys. */
const notTickets = new Set([
  'UTF',
  'ISO',
  'SHA',
  'AES',
  'RSA',
  'MD',
  'CVE',
  'CWE',
  'RFC',
  'TLS',
  'SSL',
  'X',
  'US',
  'EU',
])

const MAX_TEXT = 20_000
const MAX_TICKETS = 50

/** Distinct ticket ids in the order in which they stand in the text. */
export function ticketsIn(text: string | undefined): string[] {
  if (text === undefined) return []
  const subject = text.slice(0, MAX_TEXT)
  const found: { readonly at: number; readonly id: string }[] = []
  for (const match of subject.matchAll(issueKey)) {
    if (!notTickets.has(match[0].slice(0, match[0].indexOf('-')))) found.push({ at: match.index, id: match[0] })
  }
  for (const match of subject.matchAll(serviceDesk)) found.push({ at: match.index, id: match[0] })
  for (const match of subject.matchAll(worded)) found.push({ at: match.index, id: match[1] ?? match[0] })
  found.sort((a, b) => a.at - b.at)
  return [...new Set(found.map((item) => item.id))].slice(0, MAX_TICKETS)
}

const ticketKeys = new Set([
  'ticket',
  'ticketid',
  'ticketnumber',
  'ticketids',
  'incident',
  'incidentid',
  'change',
  'changeid',
  'changenumber',
  'changerequest',
  'jira',
  'issue',
  'issueid',
  'caseid',
  'accessrequest',
  'accessrequestid',
])
const reasonKeys = new Set([
  'reason',
  'justification',
  'comment',
  'purpose',
  'changecause',
  'changereason',
  'accessreason',
  'businessjustification',
])

/** What a tag or annotation key says its value is; case, punctuation and any prefix up to `/` do not matter. */
export function reasonKeyKind(key: string): 'ticket' | 'reason' | undefined {
  const bare = key
    .slice(key.lastIndexOf('/') + 1)
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
  if (ticketKeys.has(bare)) return 'ticket'
  return reasonKeys.has(bare) ? 'reason' : undefined
}
