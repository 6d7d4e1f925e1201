/** The grid: what is varied, one cell an entry, and which seeds are for fitting and which for reporting. */

/** @typedef {{ name: string, scenario: string, scale: number, about: string, accept?: boolean }} Cell */

/** @type {readonly Cell[]} */
export const cells = [
  { name: 'ids all', scenario: 'plain', scale: 3_000, about: 'all ids' },
  { name: 'ids half', scenario: 'ids-half', scale: 3_000, about: 'half of the operations share no id' },
  { name: 'ids none', scenario: 'ids-none', scale: 3_000, about: 'no ids, native precision' },
  { name: 'ids wrong', scenario: 'ids-wrong', scale: 3_000, about: 'every operation carries an earlier id' },
  { name: 'whole seconds', scenario: 'target', scale: 3_000, about: 'no ids, whole seconds, ten people' },
  { name: 'skew +2 s', scenario: 'ids-half,offset+2', scale: 3_000, about: 'half the ids, clocks 2 s ahead' },
  { name: 'skew -2 s', scenario: 'ids-half,offset-2', scale: 3_000, about: 'half the ids, clocks 2 s behind' },
  { name: 'skew +90 s', scenario: 'ids-half,offset+90', scale: 3_000, about: 'half the ids, clocks 90 s ahead' },
  { name: 'skew -90 s', scenario: 'ids-half,offset-90', scale: 3_000, about: 'half the ids, clocks 90 s behind' },
  {
    name: 'skew, no ids',
    scenario: 'ids-none,offset+90',
    scale: 3_000,
    about: 'no ids, 90 s ahead, nobody agreed to the suggestion',
  },
  {
    name: 'skew, no ids, agreed',
    scenario: 'ids-none,offset+90',
    scale: 3_000,
    about: 'the same, suggestions agreed to',
    accept: true,
  },
  { name: 'drift', scenario: 'ids-half,drift', scale: 3_000, about: 'half the ids, clocks gain 200 µs a second' },
  { name: 'jitter', scenario: 'ids-none,jitter', scale: 3_000, about: 'no ids, times scatter by 250 ms' },
  { name: 'sampling 10 %', scenario: 'ids-none,sampling-10', scale: 6_000, about: 'no ids, one trace in ten' },
  { name: 'sampling 1 %', scenario: 'ids-none,sampling-1', scale: 20_000, about: 'no ids, one trace in a hundred' },
  {
    name: 'dropped audit',
    scenario: 'ids-none,dropped-audit',
    scale: 3_000,
    about: 'no ids, one record in twenty lost, silences',
  },
  { name: 'dropped spans', scenario: 'ids-none,dropped-spans', scale: 3_000, about: 'no ids, one span in twenty lost' },
  { name: 'NAT', scenario: 'ids-none,nat-30', scale: 3_000, about: 'no ids, thirty people on one address' },
  { name: 'retries', scenario: 'ids-none,retries', scale: 3_000, about: 'no ids, one operation in six repeated' },
  { name: 'bursts', scenario: 'ids-none,bursts', scale: 3_000, about: 'no ids, bursts of requests' },
  { name: 'dense', scenario: 'ids-none,dense', scale: 3_000, about: 'no ids, fifty people at once' },
  { name: 'shared actor', scenario: 'ids-none,shared-actor', scale: 3_000, about: 'no ids, one role, a pooler' },
  { name: 'hot actor', scenario: 'ids-none,hot-actor', scale: 3_000, about: 'no ids, one person makes half of it' },
  { name: 'hardest', scenario: 'hardest', scale: 3_000, about: 'all of it at once' },
  {
    name: 'hardest, agreed',
    scenario: 'hardest',
    scale: 3_000,
    about: 'the same, suggested clocks agreed to',
    accept: true,
  },
]

export const quickCells = [
  'ids half',
  'ids none',
  'whole seconds',
  'skew, no ids',
  'sampling 10 %',
  'dropped spans',
  'hardest',
]

/** No weight and no threshold looks at the reporting seeds. */
export const fittingSeeds = [101, 102, 103, 104, 105]
export const reportingSeeds = [201, 202, 203, 204, 205]
