import type { Format } from '../types'
import { recordColumns } from './columns'
import { layouts, score, unwrap } from './envelope'
import { openCsv, openJson } from './session'

/** AWS CloudTrail: see docs/formats/cloudtrail.md. */
export const cloudtrail: Format = {
  id: 'cloudtrail',
  title: 'AWS CloudTrail',
  source: 'cloudtrail',
  containers: [
    '{"Records":[…]}',
    'JSON lines or array',
    'LookupEvents',
    'CloudWatch logEvents',
    'EventBridge detail',
    '_raw',
    'CSV',
  ],
  description: 'API calls, console sign-ins, service events and insights of an AWS account.',
  json: { layouts, match: (value) => score(value), unwrap, open: openJson },
  csv: {
    match(first) {
      const { known, usable } = recordColumns(first)
      return { score: usable ? Math.min(0.98, 0.6 + known * 0.05) : 0, header: true }
    },
    open: openCsv,
  },
}
