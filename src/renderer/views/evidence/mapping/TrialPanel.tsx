import type { MappingSource, MappingTrial } from '../../../../contract/mapping'
import { MappingFile } from '../../../../contract/mappingFile'
import { useEngineQuery } from '../../../state/useEngineQuery'
import { Evidence } from '../../../text/Evidence'
import { formatCount, plural } from '../../../text/numbers'
import { OutcomeMark } from '../../../theme/OutcomeMark'
import { QueryError } from '../../../ui/QueryError'

const triedRecords = 5_000
const shownRows = 6
const shownFailures = 8
const columns = ['ts', 'actor_key', 'action', 'outcome', 'resource_name', 'src_ip', 'service'] as const

/** What an import would make of the file, renewed with each change of the mapping. `mapping` is its JSON. */
export function TrialPanel({
  source,
  mapping,
  problems,
}: {
  readonly source: MappingSource
  readonly mapping: string | undefined
  readonly problems: readonly string[]
}) {
  const parsed = mapping === undefined ? undefined : MappingFile.safeParse(JSON.parse(mapping))
  const trial = useEngineQuery(
    'mapping.test',
    { source, mapping: parsed?.data ?? nothing, records: triedRecords, rows: shownRows },
    { enabled: parsed?.success === true, keepPrevious: true },
  )
  const told = problems.length === 0 && trial.error === null ? trial.data : undefined
  return (
    <section aria-label="Trial" aria-live="polite" aria-busy={trial.isFetching}>
      <h3>What becomes of the file</h3>
      {problems.length === 0 ? null : (
        <ul className="ct-mapping-warnings ct-warn">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {problems.length === 0 ? <QueryError error={trial.error} retry={trial.refetch} /> : null}
      {told === undefined ? null : <Told trial={told} />}
    </section>
  )
}

/** Never asked with: the question is not enabled then. */
const nothing: MappingFile = {
  version: 1,
  name: '-',
  time: { path: '-', format: 'auto' },
  columns: { action: { path: '-' }, actor_id: { path: '-' } },
}

function Told({ trial }: { readonly trial: MappingTrial }) {
  const { records, mapped, failed, truncated, rows, failures, misfits } = trial
  return (
    <>
      <p>
        {truncated ? 'Of the first ' : 'Of '}
        {plural(records, 'record')}, <strong>{formatCount(mapped)} map</strong> and{' '}
        <strong className={failed > 0 ? 'ct-warn' : ''}>{formatCount(failed)} fail</strong>.
      </p>
      {rows.length === 0 ? null : (
        <table className="ct-table">
          <thead>
            <tr>
              <th scope="col" className="ct-num">
                Line
              </th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, row }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: records of one line are told apart by their place only
              <tr key={`${line}/${index}`}>
                <td className="ct-num">{formatCount(line)}</td>
                {columns.map((name) => (
                  <td key={name}>
                    {name === 'outcome' ? <OutcomeMark outcome={row.outcome} /> : <Cell value={row[name]} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {failures.length === 0 && misfits.length === 0 ? null : (
        <ul className="ct-mapping-warnings">
          {failures.slice(0, shownFailures).map(({ line, reason }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one line may fail more than once
            <li key={`${line}/${index}`} className="ct-warn">
              Line {formatCount(line)}: <Evidence text={reason} />
            </li>
          ))}
          {misfits.slice(0, shownFailures).map(({ column, reason, count, line }) => (
            <li key={`${column}/${reason}`}>
              {column} is left out {plural(count, 'time')}, first in line {formatCount(line)}:{' '}
              <Evidence text={reason} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Cell({ value }: { readonly value: unknown }) {
  return typeof value === 'string' ? <Evidence text={value} /> : <span className="ct-none">–</span>
}
