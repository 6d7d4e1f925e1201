/**
 * Kills an import at random moments, also while it goes on after a kill. After each kill the case opens by itself, each
 * file is wholly in or wholly out and its account adds up; the import that is let through gives the case of an
 * undisturbed one, row for row.
 */
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeEvidence } from './evidence.mjs'
import { program, randomOf } from './program.mjs'

const rootTables = ['access_event', 'span', 'log_record', 'metric_point']
/**
 * Each column of each table. Left out is what tells in which run a file came: a file that was refused is tried again and
 * takes another number then.
 */
const contents = {
  source_file: 'SELECT * EXCLUDE (import_batch, import_id) FROM source_file',
  ...Object.fromEntries(
    ['import_reject', ...rootTables].map((table) => [
      table,
      `SELECT f.sha256, t.* EXCLUDE (import_id) FROM ${table} t LEFT JOIN source_file f USING (import_id)`,
    ]),
  ),
  span_event: 'SELECT * FROM span_event',
  link: 'SELECT * FROM link',
  link_evidence: 'SELECT * FROM link_evidence',
}

/**
 * @param {{ rounds: number, seed: number, size: number, say: (text: string) => void }} options
 * @returns {Promise<number>} failures
 */
export async function tortureImports({ rounds, seed, size, say }) {
  const { root, run, breakOff, remove } = program()
  const random = randomOf(seed)
  const evidence = join(root, 'evidence')
  writeEvidence(evidence, size)

  /** @param {string} folder @param {string} query @returns {Record<string, string | number>[]} */
  const ask = (folder, query) => {
    const { code, out, err } = run('sql', folder, query, '--limit', '1000', '--json')
    if (code !== 0) throw new Error(`exit code ${code}: ${err}`)
    return JSON.parse(out).rows
  }
  /**
   * What a case holds, by part; equal for equal cases.
   * @param {string} folder
   * @returns {Record<string, string>}
   */
  const picture = (folder) => {
    const parts = Object.entries(contents).map(
      ([table, query]) => `SELECT '${table}' AS name, hash(t)::HUGEINT AS h FROM (${query}) t`,
    )
    const tables = ask(
      folder,
      `SELECT name, count(*) || ' rows, ' || sum(h) AS held FROM (${parts.join(' UNION ALL ')}) GROUP BY name`,
    )
    return {
      events: createHash('sha256')
        .update(run('events', folder, '--raw').out)
        .digest('hex'),
      ...Object.fromEntries(tables.map(({ name, held }) => [String(name), String(held)])),
      sources: sorted(run('sources', folder, '--json').out),
      rejects: sorted(run('rejects', folder, '--json').out),
    }
  }
  /** Sentences about what is wrong with a case that was broken off. */
  const wrongs = (/** @type {string} */ folder) => {
    const verified = run('verify', folder, '--json')
    if (verified.code === 3 && verified.err.includes('There is no case')) return []
    const found = verified.code === 0 ? [] : [`verify ${verified.code}: ${verified.out}${verified.err}`]
    if (verified.code !== 0 && verified.code !== 4) return found
    const odd = ask(
      folder,
      [
        `SELECT 'account' AS what, name, records_read AS stated,
           records_kept + records_duplicate + records_skipped + records_rejected AS held
         FROM source_file WHERE stated <> held`,
        ...rootTables.map(
          (table) => `SELECT '${table}' AS what, f.name, f.rows_${table} AS stated, r.n AS held FROM source_file f
            FULL JOIN (SELECT import_id, count(*) AS n FROM ${table} GROUP BY import_id) r USING (import_id)
            WHERE coalesce(f.rows_${table}, -1) <> coalesce(r.n, 0)`,
        ),
      ].join(' UNION ALL '),
    )
    if (odd.length > 0) found.push(`accounts and rows differ: ${JSON.stringify(odd)}`)
    return found
  }

  const reference = join(root, 'undisturbed.case')
  const { tookMs: firstMs, code } = await breakOff(Number.POSITIVE_INFINITY, 'import', reference, evidence)
  if (code !== 0) throw new Error(`The undisturbed import ended with ${code}.`)
  const expected = picture(reference)
  // The machine may be faster later: the moments are spread over the shortest import that came to its end.
  let tookMs = firstMs
  let killed = 0
  let failures = 0
  for (let round = 1; round <= rounds; round++) {
    const folder = join(root, 'broken.case')
    /** @type {string[]} */
    const found = []
    const kills = 1 + Math.floor(random() * 3)
    for (let kill = 0; kill < kills; kill++) {
      const result = await breakOff(random() * tookMs * 1.05, 'import', folder, evidence)
      if (result.killed) killed++
      else if (kill === 0) tookMs = Math.min(tookMs, result.tookMs)
      found.push(...wrongs(folder))
    }
    const last = run('import', folder, evidence)
    if (last.code !== 0) found.push(`the import that was let through ended with ${last.code}: ${last.err}`)
    found.push(...wrongs(folder))
    if (found.length === 0) {
      const got = picture(folder)
      for (const [part, value] of Object.entries(expected))
        if (got[part] !== value) found.push(`${part} is not that of an undisturbed import: ${got[part]}, not ${value}`)
    }
    if (found.length > 0) {
      failures++
      say(`round ${round}: ${found.join('\n')}\n`)
    }
    rmSync(folder, { recursive: true, force: true })
  }
  remove()
  say(
    `imports: ${rounds} rounds, ${killed} killed, ${failures} failures; an undisturbed one took ${Math.round(tookMs)} ms\n`,
  )
  return failures
}

/** A printed JSON array with its items in a stable order. */
function sorted(/** @type {string} */ text) {
  /** @type {unknown[]} */
  const items = JSON.parse(text)
  return JSON.stringify(items.map((item) => JSON.stringify(item)).sort())
}
