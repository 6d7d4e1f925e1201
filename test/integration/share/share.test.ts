import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redactedKinds } from '../../../src/contract/share'
import { type OpenedCase, openCase, record } from '../../../src/engine/case/open'
import { packFolder, unpackCase } from '../../../src/engine/case/pack'
import { verifyCase } from '../../../src/engine/case/verify'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { relink } from '../../../src/engine/links/handlers'
import { checkShare, shareCase } from '../../../src/engine/share/share'
import { workOf } from '../../../src/engine/work/workIndex'
import { type TempCase, tempCase } from '../../support/tempCase'

/** What must be in no file of the package, in no form. */
const planted = {
  mail: 'greta.lindqvist@fjordbank.example.org',
  login: 'greta.lindqvist',
  display: 'Greta Lindqvist',
  family: 'Lindqvist',
  domain: 'fjordbank.example.org',
  key: 'AKIAPLANTEDKEY7EXAMP',
  password: 'Tr0ub4dor&3xyz',
  account: '210987654321',
  address: '203.0.113.99',
  address6: '2001:db8:9:9::42',
  host: 'payroll-db-07.fjordbank.example.org',
  own: 'Project Nightjar',
  pattern: 'CASE-77123',
} as const
const values = Object.values(planted)

const inside = JSON.stringify({ deep: { to: planted.mail, host: planted.host, from: planted.address } })

function cloudTrail(at: number, parameters: unknown, more: object = {}): object {
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAPLANTEDKEY7EXAMP',
      arn: `arn:aws:iam::${planted.account}:user/${planted.login}`,
      accountId: planted.account,
      accessKeyId: planted.key,
      userName: planted.login,
    },
    eventTime: `2026-05-04T10:00:${String(at).padStart(2, '0')}Z`,
    eventSource: 's3.amazonaws.com',
    eventName: 'PutObject',
    awsRegion: 'eu-north-1',
    sourceIPAddress: at % 2 === 0 ? planted.address : planted.address6,
    userAgent: `curl/8.5 (${planted.mail.toUpperCase()})`,
    requestID: `REQ${at}PLANTED`,
    eventID: `00000000-0000-4000-8000-0000000000${String(at).padStart(2, '0')}`,
    eventType: 'AwsApiCall',
    recipientAccountId: planted.account,
    requestParameters: parameters,
    ...more,
  }
}

const records = [
  cloudTrail(1, { note: inside, displayName: planted.display }),
  cloudTrail(2, {
    blob: Buffer.from(inside).toString('base64'),
    odd: `x${Buffer.from(`zz${inside}`).toString('base64')}`,
  }),
  cloudTrail(3, {
    url: `https://${planted.host}/q?to=${encodeURIComponent(planted.mail)}&p=%67%72%65%74%61%2e%6c%69%6e%64%71%76%69%73%74`,
  }),
  cloudTrail(4, {
    hex: Buffer.from(planted.mail).toString('hex'),
    wide: Buffer.from(planted.mail, 'utf16le').toString('base64'),
  }),
  cloudTrail(5, {
    html: [...planted.login].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
    text: `${planted.own} and ${planted.pattern}`,
  }),
  cloudTrail(6, {
    password: planted.password,
    dsn: `postgres://${planted.login}:${encodeURIComponent(planted.password)}@${planted.host}:5432/pay`,
  }),
  cloudTrail(7, {
    sql: `ALTER ROLE "${planted.login}" PASSWORD '${planted.password}'`,
    map: { [planted.mail]: planted.family },
  }),
  cloudTrail(8, { dashed: `ip-${planted.address.replaceAll('.', '-')}`, nested: JSON.stringify({ again: inside }) }),
]

/** Forms made by hand here, apart from the code under test. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value)
  const middle = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before, 1), bytes, Buffer.alloc(3, 1)])
      .toString('base64')
      .slice(4, 4 + Math.floor(bytes.length / 3) * 4 - 4),
  )
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    [...bytes].map((byte) => `%${byte.toString(16)}`).join(''),
    bytes.toString('hex'),
    Buffer.from(value, 'utf16le').toString('latin1'),
    [...value].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
    ...middle.filter(({ length }) => length >= 8),
  ]
}

async function textsOf(db: OpenedCase['db']): Promise<string> {
  const tables = await db.rows(
    sql`SELECT table_name AS name FROM system.main.duckdb_tables() WHERE NOT internal ORDER BY 1`,
  )
  const rows = []
  for (const { name } of tables) rows.push(...(await db.rows(sql`SELECT * FROM ${sql.ident(String(name))}`)))
  return JSON.stringify(rows)
}

function expectNothingIn(text: string, where: string): void {
  const lower = text.toLowerCase()
  for (const value of values)
    for (const form of formsOf(value))
      expect(lower.includes(form.toLowerCase()), `${value} as ${form} in ${where}`).toBe(false)
}

describe('share', () => {
  let temp: TempCase
  let root: string
  let copy: OpenedCase
  const options = () => ({
    path: join(root, 'copy.zip'),
    kinds: redactedKinds,
    list: `${planted.own}\nre:CASE-\\d+\n`,
    now: new Date('2026-05-05T00:00:00Z'),
  })

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'crosstrail-share-test-'))
    temp = await tempCase()
    const evidence = join(root, 'evidence')
    await mkdir(evidence)
    const path = join(evidence, `${planted.account}_CloudTrail_${planted.login}.json`)
    await writeFile(path, JSON.stringify({ Records: records }))
    await importSources(temp.session, { paths: [path] })
    await relink(temp.session)
    const [event] = await temp.session.db.rows(
      sql`SELECT event_id::VARCHAR AS id FROM access_event ORDER BY seq LIMIT 1`,
    )
    const target = { kind: 'event', id: String(event?.id) }
    await record(temp.session, 'note.add', {
      id: crypto.randomUUID(),
      target,
      text: `Ask ${planted.display} (${planted.mail})`,
      tags: [planted.own],
    })
    await record(temp.session, 'mark.set', {
      targets: [{ kind: 'address', id: planted.address }],
      change: { star: true },
    })
    await record(temp.session, 'finding.add', {
      id: crypto.randomUUID(),
      title: `${planted.login} wrote to ${planted.host}`,
      evidence: [
        { about: { kind: 'record', target }, text: '' },
        { about: { kind: 'query', where: `ip:${planted.address} id:${String(event?.id)}` }, text: '' },
      ],
    })
    await record(temp.session, 'indicator.add', { id: crypto.randomUUID(), kind: 'address', value: planted.address })
    await shareCase(temp.session, options())
    await unpackCase(join(root, 'copy.zip'), join(root, 'copy.case'))
    copy = await openCase({
      folder: join(root, 'copy.case'),
      actor: 'reader',
      tool: 'crosstrail/test',
      now: () => new Date(),
      recordSession: false,
    })
  }, 60_000)
  afterAll(async () => {
    await copy?.close()
    await temp.remove()
    await rm(root, { recursive: true, force: true })
  })

  it('leaves no planted value in any cell, file or name, in any form', async () => {
    expectNothingIn(await textsOf(copy.db), 'the tables')
    for (const name of await readdir(join(root, 'copy.case'))) {
      if (name === 'lock' || name === 'evidence' || name === 'enrichment' || name === '.duckdb-temp') continue
      expectNothingIn((await readFile(join(root, 'copy.case', name))).toString('latin1'), name)
    }
    expectNothingIn((await readFile(join(root, 'copy.zip'))).toString('latin1'), 'the package')
  })

  it('is a case that verifies, with the same rows', async () => {
    expect((await verifyCase(copy, {})).findings).toEqual([])
    const count = sql`SELECT count(*)::INTEGER AS n FROM access_event`
    expect(await copy.db.rows(count)).toEqual(await temp.session.db.rows(count))
  })

  it('gives a value the same placeholder everywhere, and one that is of its kind', async () => {
    const rows = await copy.db.rows(sql`SELECT DISTINCT actor_name, actor_tenant, credential_id FROM access_event`)
    expect(rows).toEqual([
      {
        actor_name: expect.stringMatching(/^person-\d{4}$/),
        actor_tenant: '900000000001',
        credential_id: expect.stringMatching(/^AKIAREDACTED\d{8}$/),
      },
    ])
    const addresses = await copy.db.rows(sql`SELECT DISTINCT src_ip FROM access_event ORDER BY 1`)
    expect(addresses).toEqual([{ src_ip: '198.18.0.1' }, { src_ip: '3fff::1' }])
    // What is written in the record is what the columns say.
    const unlike = await copy.db.rows(
      sql`SELECT event_id FROM access_event WHERE NOT contains(raw, actor_name) OR NOT contains(raw, src_ip) OR NOT json_valid(raw)`,
    )
    expect(unlike).toEqual([])
    const bits = await copy.db.rows(
      sql`SELECT count(*)::INTEGER AS n FROM access_event WHERE src_ip = '198.18.0.1' AND src_ip_lo <> 281474004811777`,
    )
    expect(bits).toEqual([{ n: 0 }])
  })

  it('keeps what people wrote, about the same events', async () => {
    const [note] = workOf(copy.journal.records()).all('note')
    expect(note?.fields.text).toMatch(/^Ask person-\d{4} \(person-\d{4}@host-\d{4}\.redacted\.invalid\)$/)
    const target = note?.fields.target as { id: string }
    const found = await copy.db.rows(
      sql`SELECT count(*)::INTEGER AS n FROM access_event WHERE event_id = ${BigInt(target.id)}`,
    )
    expect(found).toEqual([{ n: 1 }])
    const [finding] = workOf(copy.journal.records()).all('finding')
    expect(JSON.stringify(finding?.fields.evidence)).toContain(`ip:198.18.0.1 id:${target.id}`)
    expect(workOf(copy.journal.records()).all('indicator')[0]?.fields.value).toBe('198.18.0.1')
  })

  it('keeps the list of placeholders and the act in the original only', async () => {
    const list = await readFile(join(temp.folder, 'redaction.json'), 'utf8')
    expect(list.toLowerCase()).toContain(planted.mail)
    const act = temp.session.journal.records().findLast(({ op }) => op === 'case.share')
    expect(JSON.stringify(act?.args)).not.toMatch(
      new RegExp(values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i'),
    )
    expect(act?.args).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), ownList: true })
    await packFolder(temp.folder, temp.session.meta, join(root, 'whole.zip'))
    expect((await readFile(join(root, 'whole.zip'))).includes('redaction.json')).toBe(false)
  })

  it('gives the same placeholders in the next copy', async () => {
    const before = await readFile(join(temp.folder, 'redaction.json'), 'utf8')
    await shareCase(temp.session, { ...options(), path: join(root, 'second.zip') })
    expect(JSON.parse(await readFile(join(temp.folder, 'redaction.json'), 'utf8'))).toEqual(JSON.parse(before))
  })

  it('finds a value that was put back into a package', async () => {
    await expect(checkShare(temp.session, options())).resolves.toMatchObject({ files: 3 })
    await unpackCase(join(root, 'copy.zip'), join(root, 'changed'))
    const path = join(root, 'changed', 'journal.jsonl')
    await writeFile(
      path,
      `${await readFile(path, 'utf8')}${JSON.stringify({ x: Buffer.from(`__${planted.mail}`).toString('base64') })}\n`,
    )
    await packFolder(
      join(root, 'changed'),
      JSON.parse(await readFile(join(root, 'changed', 'case.json'), 'utf8')),
      join(root, 'changed.zip'),
    )
    await expect(checkShare(temp.session, { ...options(), path: join(root, 'changed.zip') })).rejects.toMatchObject({
      code: 'verify.failed',
      message: expect.not.stringContaining(planted.mail),
    })
  })

  it('refuses a list that it cannot read, and writes nothing then', async () => {
    await expect(
      shareCase(temp.session, { ...options(), path: join(root, 'no.zip'), list: 're:(' }),
    ).rejects.toMatchObject({ code: 'usage' })
    await expect(
      shareCase(temp.session, { ...options(), path: join(root, 'no.zip'), list: 'ab' }),
    ).rejects.toMatchObject({ code: 'usage' })
    expect(await readdir(root)).not.toContain('no.zip')
  })
})
