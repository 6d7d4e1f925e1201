import { describe, expect, it } from 'vitest'
import { axes, readArguments, resolveOptions } from '../../../../scripts/generate/options.mjs'
import { scenarios } from '../../../../scripts/generate/scenarios.mjs'

describe('options of the generator', () => {
  it('have a default that is allowed for each axis', () => {
    const { axes: values } = resolveOptions({})
    expect(Object.keys(values)).toEqual(Object.keys(axes))
    expect(values).toMatchObject({ concurrent: 10, sampling: 1, precision: 'native', nat: 1, 'ids-removed': 0 })
    expect(values.uninstrumented).toEqual(['billing-legacy', 'report-runner'])
  })

  it('combine scenarios from left to right, and what is given by itself wins', () => {
    const { axes: values } = resolveOptions({ scenario: 'nat-30,dense,ids-half', axes: { think: '9', ids: 'none' } })
    expect(values).toMatchObject({ nat: 30, concurrent: 50, people: 200, think: 9, 'ids-removed': 1, 'ids-wrong': 0 })
  })

  it('read a number for all sources or one for each', () => {
    expect(resolveOptions({ axes: { offset: '-2' } }).axes.offset).toEqual({
      cloudtrail: -2,
      k8s_audit: -2,
      pgaudit: -2,
      okta: -2,
      http_access: -2,
    })
    expect(resolveOptions({ axes: { drift: 'pgaudit=90,okta=-1.5' } }).axes.drift).toEqual({
      cloudtrail: 0,
      k8s_audit: 0,
      pgaudit: 90,
      okta: -1.5,
      http_access: 0,
    })
  })

  it.each([
    [{ scenario: 'plain,nowhere' }, /no scenario "nowhere"/],
    [{ scenario: 'constructor' }, /no scenario/],
    [{ axes: { sampling: '1.5' } }, /--sampling takes 0…1/],
    [{ axes: { sampling: '' } }, /--sampling/],
    [{ axes: { concurrent: '2.5' } }, /--concurrent/],
    [{ axes: { offset: 'postgres=2' } }, /--offset/],
    [{ axes: { 'pg-format': 'xml' } }, /--pg-format takes csv\|json\|stderr/],
    [{ axes: { silent: 'pgaudit,moon' } }, /--silent/],
    [{ axes: { ids: 'some' } }, /--ids/],
    [{ axes: { gravity: '1' } }, /no axis "gravity"/],
  ])('refuse %j', (wanted, message) => {
    expect(() => resolveOptions(wanted)).toThrow(message)
  })

  it('are all reachable from the command line', () => {
    const given = Object.entries(axes).flatMap(([name, { initial }]) => [
      `--${name}`,
      initial === '' ? 'none' : initial,
    ])
    const read = readArguments(['--out', '/x', '--seed', '7', '--scale', '1_000', ...given])
    expect(read).toMatchObject({ list: false, out: '/x', options: { seed: 7, scale: 1_000, scenario: 'plain' } })
    expect(read).toMatchObject({ options: { axes: resolveOptions({}).axes } })
    expect(readArguments(['--list'])).toEqual({ list: true })
  })

  it.each([
    [['--scale', '1000'], /--out/],
    [['--out', 'x', '--seed', '-1'], /--seed/],
    [['--out', 'x', '--scale', '99'], /--scale/],
    [['--out', 'x', '--nonsense', '1'], /nonsense/],
    [['--out', 'x', 'word'], /word/],
  ])('refuse the arguments %j', (args, message) => {
    expect(() => readArguments(args)).toThrow(message)
  })

  it('hold scenarios that can be combined with each other', () => {
    for (const name of Object.keys(scenarios)) {
      expect(() => resolveOptions({ scenario: `hardest,${name}` })).not.toThrow()
      expect(scenarios[name]?.about).not.toBe('')
    }
  })
})
