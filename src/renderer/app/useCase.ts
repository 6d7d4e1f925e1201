import type { OpenCase } from '../../contract/case'
import { useEngineQuery } from '../state/useEngineQuery'

/** The open case, null when none is open, undefined while that is not known yet. */
export function useCase(): OpenCase | null | undefined {
  return useEngineQuery('case.current', {}, { keepPrevious: true }).data
}
