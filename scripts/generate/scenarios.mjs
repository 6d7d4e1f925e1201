/**
 * Named cells of the grid. They can be combined: `--scenario ids-none,nat-30,offset+90`; later ones win, and options
 * given by themselves win over all.
 *
 * @type {Readonly<Record<string, { readonly about: string, readonly axes: Readonly<Record<string, string>> }>>}
 */
export const scenarios = {
  plain: { about: 'all ids, clocks within some milliseconds, everything traced but two services', axes: {} },
  'ids-half': { about: 'half of the operations share no id with their span', axes: { ids: 'half' } },
  'ids-none': { about: 'no operation shares an id with its span', axes: { ids: 'none' } },
  'ids-wrong': { about: 'every operation carries the id of an earlier one', axes: { ids: 'wrong' } },
  'ids-some-wrong': { about: 'one operation in ten carries the id of an earlier one', axes: { 'ids-wrong': '0.1' } },
  'offset+2': { about: 'audit clocks two seconds ahead', axes: { offset: '2' } },
  'offset-2': { about: 'audit clocks two seconds behind', axes: { offset: '-2' } },
  'offset+90': { about: 'audit clocks ninety seconds ahead', axes: { offset: '90' } },
  'offset-90': { about: 'audit clocks ninety seconds behind', axes: { offset: '-90' } },
  'offset-mixed': {
    about: 'each audit clock wrong by another amount',
    axes: { offset: 'cloudtrail=2,k8s_audit=-2,pgaudit=90,okta=-90,http_access=0.4' },
  },
  drift: { about: 'audit clocks gain 200 microseconds a second', axes: { drift: '200' } },
  jitter: { about: 'stated times scatter by 250 ms', axes: { jitter: '250' } },
  'whole-seconds': { about: 'every source states whole seconds', axes: { precision: 's', 'http-format': 'combined' } },
  dense: {
    about: 'fifty people at once, a request every five seconds each',
    axes: { concurrent: '50', think: '5', people: '200' },
  },
  sparse: { about: 'two people at once', axes: { concurrent: '2', people: '8' } },
  'shared-actor': { about: 'one role for all services, behind a pooler', axes: { actors: 'shared', pooler: 'yes' } },
  'person-actor': { about: 'databases and cloud see the person', axes: { actors: 'person' } },
  'hot-actor': { about: 'one person makes half of all requests', axes: { 'hot-actor': '0.5' } },
  anonymous: {
    about: 'no span and no access log line names the person',
    axes: { 'actor-on-spans': '0', 'http-user': '0' },
  },
  'nat-30': { about: 'thirty people on one address', axes: { nat: '30', people: '60', concurrent: '30' } },
  'sampling-10': { about: 'one trace in ten, decided at the start, rate declared', axes: { sampling: '0.1' } },
  'sampling-1': { about: 'one trace in a hundred, decided at the start, rate declared', axes: { sampling: '0.01' } },
  'sampling-10-undeclared': {
    about: 'one trace in ten, rate stated nowhere',
    axes: { sampling: '0.1', 'sampling-declared': 'no' },
  },
  'tail-10': {
    about: 'one ordinary trace in ten, errors and slow ones kept',
    axes: { sampling: '0.1', 'sampling-kind': 'tail' },
  },
  'dropped-audit': {
    about: 'one audit record in twenty is lost, and two sources fall silent for a while',
    axes: { 'drop-audit': '0.05', silent: 'pgaudit,k8s_audit' },
  },
  'dropped-spans': { about: 'one span in twenty is lost', axes: { 'drop-spans': '0.05' } },
  orphans: {
    about: 'one span in four is lost, so that many events have nothing to be joined to',
    axes: { 'drop-spans': '0.25' },
  },
  retries: { about: 'one operation in six is repeated', axes: { retries: '0.17' } },
  bursts: { about: 'ten bursts of requests in a thousand events', axes: { bursts: '10' } },
  uncovered: { about: 'only browser and gateway are traced', axes: { uninstrumented: 'backends' } },
  'sql-tags': { about: 'no ids, but statements name application and route', axes: { ids: 'none', 'sql-tags': 'yes' } },
  target: {
    about:
      'ten people at once, a request every five seconds each, whole seconds, no ids: the cell that the recall target names',
    axes: { ids: 'none', precision: 's', 'http-format': 'combined', concurrent: '10', think: '5' },
  },
  hardest: {
    about: 'no ids, whole seconds, clocks off, dense, one role, one address, retries and bursts, losses on both sides',
    axes: {
      ids: 'none',
      precision: 's',
      'http-format': 'combined',
      offset: 'cloudtrail=2,k8s_audit=-2,pgaudit=90,okta=-90,http_access=-2',
      jitter: '100',
      concurrent: '50',
      think: '5',
      people: '60',
      nat: '30',
      actors: 'shared',
      pooler: 'yes',
      'actor-on-spans': '0.5',
      'http-user': '0',
      retries: '0.1',
      bursts: '5',
      'drop-spans': '0.02',
      'drop-audit': '0.02',
    },
  },
}
