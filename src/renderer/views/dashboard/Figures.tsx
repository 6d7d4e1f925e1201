import type { OpenCase } from '../../../contract/case'
import { useLayout } from '../../state/workbench'
import { formatCount, formatShare } from '../../text/numbers'
import { failedTerm, useOpenEvents } from './useOpenEvents'

interface Props {
  readonly open: OpenCase
  readonly count: number
  readonly failed: number
  readonly narrowed: boolean
  readonly distinct: ReadonlyMap<string, number>
}

/** The case in numbers; each opens what it counts. */
export function Figures({ open, count, failed, narrowed, distinct }: Props) {
  const openEvents = useOpenEvents()
  const showView = useLayout((s) => s.showView)
  const { tables } = open.info
  const figures = [
    {
      title: narrowed ? `events of ${formatCount(tables.access_event ?? 0)}` : 'events',
      value: formatCount(count),
      run: () => openEvents([]),
    },
    ...(count === 0
      ? []
      : [
          {
            title: `failed (${formatShare(failed, count)})`,
            value: formatCount(failed),
            tone: failed === 0 ? '' : ' ct-figure-bad',
            run: () => openEvents([failedTerm]),
          },
        ]),
    ...fields.flatMap(({ field, title }) => {
      const value = distinct.get(field) ?? 0
      return value === 0 ? [] : [{ title, value: formatCount(value), run: () => openEvents([`_exists_:${field}`]) }]
    }),
    { title: 'spans', value: formatCount(tables.span ?? 0), run: () => showView('traces') },
    { title: 'links', value: formatCount(tables.link ?? 0), run: () => openEvents(['linked:true']) },
    { title: 'files', value: formatCount(tables.source_file ?? 0), run: () => showView('evidence') },
  ].filter((figure) => figure.value !== '0' || figure.title.startsWith('failed'))
  return (
    <ul className="ct-figures">
      {figures.map(({ title, value, run, ...more }) => (
        <li key={title}>
          <button type="button" className={`ct-figure${'tone' in more ? more.tone : ''}`} onClick={run}>
            <strong>{value}</strong>
            <span>{title}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const fields = [
  { field: 'actor_name', title: 'actors' },
  { field: 'src_ip', title: 'addresses' },
  { field: 'resource_name', title: 'resources' },
  { field: 'action', title: 'actions' },
]
