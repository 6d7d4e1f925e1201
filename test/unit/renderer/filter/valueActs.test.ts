import { describe, expect, it } from 'vitest'
import { valueActs } from '../../../../src/renderer/filter/valueActs'
import { type MarkedValue, spanField } from '../../../../src/renderer/filter/valueMark'
import { createLayoutStore } from '../../../../src/renderer/state/layout'
import { createScopeStore } from '../../../../src/renderer/state/scope'
import { createTraceQueryStore } from '../../../../src/renderer/state/traceQuery'

function window() {
  const stores = {
    scope: createScopeStore({ filter: 'a:1', window: { fromUs: 1, toUs: 2 } }),
    layout: createLayoutStore(),
    traceQuery: createTraceQueryStore(),
  }
  const copied: string[] = []
  const run = (mark: MarkedValue, title: string) => {
    const act = valueActs(stores, mark, (text) => copied.push(text)).find((one) => one.title === title)
    if (act === undefined) throw new Error(`no act ${title}`)
    act.run()
  }
  return { ...stores, copied, run }
}

const plain: MarkedValue = { field: 'actor_name', value: 'eve', term: undefined, about: 'event' }
const node: MarkedValue = { field: 'role', value: 'r', term: '(effective_id:r OR effective_name:r)', about: 'event' }
const attribute: MarkedValue = { field: 'attributes.http.route', value: '/a b', term: undefined, about: 'span' }

describe('acts on a value', () => {
  it('filter in and out by the term of what was picked, be it a value or a whole node', () => {
    const { run, scope } = window()
    run(plain, 'Filter in')
    expect(scope.getState().filter).toBe('a:1 actor_name:eve')
    run(node, 'Filter out')
    expect(scope.getState().filter).toBe('a:1 actor_name:eve -(effective_id:r OR effective_name:r)')
  })

  it('turn the absence of a field around', () => {
    const { run, scope } = window()
    run({ ...plain, value: null }, 'Filter out')
    expect(scope.getState().filter).toBe('a:1 _exists_:actor_name')
  })

  it('open all of it whatever the window, and keep pins', () => {
    const { run, scope, layout } = window()
    scope.getState().togglePin('a:1')
    run(plain, 'Open all of it')
    expect(scope.getState()).toMatchObject({ filter: 'a:1 actor_name:eve', window: null })
    expect(layout.getState().requested?.viewId).toBe('events')
  })

  it('ask values of spans of the traces and leave the filter of the window alone', () => {
    const { run, scope, traceQuery, layout, copied } = window()
    run(attribute, 'Traces with it')
    run({ ...attribute, value: 500, field: 'attributes.code' }, 'Traces with a span without it')
    expect(traceQuery.getState().spans).toBe('attributes.http.route:"/a b" -attributes.code:500')
    expect(scope.getState().filter).toBe('a:1')
    expect(layout.getState().requested?.viewId).toBe('traces')
    run(attribute, 'Copy as filter')
    expect(copied).toEqual(['attributes.http.route:"/a b"'])
  })

  it('quote names of attributes that are no plain names', () => {
    expect(spanField('attributes', 'http.route')).toBe('attributes.http.route')
    expect(spanField('resource', 'a "b" c')).toBe('resource."a \\"b\\" c"')
  })
})
