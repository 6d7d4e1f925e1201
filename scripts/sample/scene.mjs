/**
 * What the parts of the story write into: one collector per export. Parts only add; ordering, numbering and rendering
 * come at the end, in the modules under `formats`.
 *
 * @typedef {{ timeUs: number, record: Record<string, unknown> }} TrailCall
 * @typedef {{ timeUs: number, record: Record<string, unknown> }} AuditStage
 *
 * @typedef {object} Scene
 * @property {(label: string) => import('./random.mjs').Random} random
 * @property {TrailCall[]} trail
 * @property {AuditStage[]} kubernetes
 * @property {import('./formats/postgres.mjs').Work[]} database
 * @property {import('./formats/otlp.mjs').Span[]} spans
 */
import { randomOf } from './random.mjs'

/**
 * @param {number} seed
 * @returns {Scene}
 */
export function newScene(seed) {
  return { random: (label) => randomOf(seed, label), trail: [], kubernetes: [], database: [], spans: [] }
}
