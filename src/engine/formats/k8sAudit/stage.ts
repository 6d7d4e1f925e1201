import { get, type JsonObject, text } from '../../../common/json'

/** Stages of one request, worst to best source of what happened. */
export const stageOrder: readonly string[] = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic']

/** 1 for RequestReceived to 4 for Panic; 0 where the stage is missing or unknown. */
export function stageRank(event: JsonObject): number {
  return stageOrder.indexOf(text(get(event, 'stage')) ?? '') + 1
}

/** From this rank on nothing more is expected of the request. */
export const finalRank = 3
