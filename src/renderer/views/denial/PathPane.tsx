import { useState } from 'react'
import { useEngineQuery } from '../../state/useEngineQuery'
import { Evidence } from '../../text/Evidence'
import { LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { PathDrawing } from './PathDrawing'
import { PathText } from './PathText'
import { Siblings } from './Siblings'
import { StepFacts } from './StepFacts'

/** The path to one refusal: drawn or as text, with what the chosen step states at the side. */
export function PathPane({ eventId, asText }: { readonly eventId: string; readonly asText: boolean }) {
  const { data, error, refetch, isFetching } = useEngineQuery('denial.path', { eventId })
  const [chosen, setChosen] = useState<number | null>(null)
  const pivot = data?.steps.findIndex(({ marks }) => marks.includes('pivot')) ?? -1
  const index = chosen ?? (pivot >= 0 ? pivot : (data?.steps.length ?? 1) - 1)
  const step = data?.steps[index]
  return (
    <>
      <section className="ct-dn-path" aria-label="Path">
        <LoadingLine active={isFetching} />
        <QueryError error={error} retry={refetch} />
        {data === undefined ? null : (
          <>
            <p className="ct-dn-summary">
              <Evidence text={data.summary} />
            </p>
            {asText ? <PathText path={data} /> : <PathDrawing steps={data.steps} chosen={index} onChoose={setChosen} />}
            <Siblings siblings={data.siblings} />
            {data.missing.length === 0 ? null : (
              <section>
                <h3>What the path lacks</h3>
                <ul className="ct-dn-missing">
                  {data.missing.map((text) => (
                    <li key={text}>
                      <Evidence text={text} />
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </section>
      {data === undefined || step === undefined ? null : <StepFacts step={step} path={data} />}
    </>
  )
}
